package io.tidemark.receiver.media;

import io.tidemark.file.DurableFiles;
import io.tidemark.file.FileStat;
import io.tidemark.file.ParallelSync;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The media folder. A name below it is touched only where every folder on the way is a real one: a link, wherever it leads, is not
 * followed.
 */
final class TargetFolder {
    private static final int MAX_UNSYNCED = 1000;
    /** Characters of a name that are kept when it is changed: 60 of four bytes each leave room for more. */
    private static final int STEM = 60;

    private final Path root;
    private final Set<Path> unsynced = new HashSet<>();
    private @Nullable String clear;

    /** @param folder made where it is missing; it may itself be a link */
    TargetFolder(Path folder) throws IOException {
        DurableFiles.createFolders(folder);
        this.root = folder.toRealPath();
    }

    /** What is on the way to a file. */
    enum Way {
        CLEAR,
        MISSING,
        BLOCKED
    }

    Path file(String path) {
        return root.resolve(path);
    }

    /** The folder of a file, as part of its path; empty for the root. */
    static String folderOf(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }

    /** Looks again at folders that were found clear before. */
    void lookAgain() {
        clear = null;
    }

    /** @param make whether folders that are missing are made */
    Way wayTo(String path, boolean make) throws IOException {
        String folder = folderOf(path);
        if (folder.equals(clear)) {
            return Way.CLEAR;
        }
        for (int end = nextSlash(path, 0); end >= 0; end = nextSlash(path, end + 1)) {
            Path step = root.resolve(path.substring(0, end));
            Optional<FileStat> stat = FileStat.find(step);
            if (stat.isEmpty() && make) {
                Files.createDirectory(step);
                changed(step.resolveSibling(""));
            } else if (stat.isEmpty()) {
                return Way.MISSING;
            } else if (!stat.get().isFolder()) {
                return Way.BLOCKED;
            }
        }
        clear = folder;
        return Way.CLEAR;
    }

    private static int nextSlash(String path, int from) {
        return path.indexOf('/', from);
    }

    /** Whether something that is no folder is on the way, or a folder where the file has to be. */
    boolean isBlocked(String path) throws IOException {
        return switch (wayTo(path, false)) {
            case BLOCKED -> true;
            case MISSING -> false;
            case CLEAR -> FileStat.find(file(path)).filter(FileStat::isFolder).isPresent();
        };
    }

    /** Gives the first thing that blocks a path another name, and returns that. */
    Path moveAside(String path) throws IOException {
        lookAgain();
        Path obstacle = file(path);
        for (int end = nextSlash(path, 0); end >= 0; end = nextSlash(path, end + 1)) {
            Path step = root.resolve(path.substring(0, end));
            if (FileStat.find(step).filter(stat -> !stat.isFolder()).isPresent()) {
                obstacle = step;
                break;
            }
        }
        Path aside = freeName(obstacle);
        Files.move(obstacle, aside);
        changed(obstacle.resolveSibling(""));
        return aside;
    }

    private static Path freeName(Path obstacle) throws IOException {
        String name = String.valueOf(obstacle.getFileName());
        String stem =
                name.substring(0, name.offsetByCodePoints(0, Math.min(name.codePointCount(0, name.length()), STEM)));
        for (int number = 1; ; number++) {
            Path aside = obstacle.resolveSibling(stem + ".displaced-" + number);
            if (FileStat.find(aside).isEmpty()) {
                return aside;
            }
        }
    }

    /** A name in this folder came or went. */
    void changed(Path folder) throws IOException {
        unsynced.add(folder);
        if (unsynced.size() >= MAX_UNSYNCED) {
            sync();
        }
    }

    /** Makes the names that came or went durable. */
    void sync() throws IOException {
        Set<Path> there = new HashSet<>();
        for (Path folder : unsynced) {
            if (FileStat.find(folder).filter(FileStat::isFolder).isPresent()) {
                there.add(folder);
            }
        }
        unsynced.clear();
        if (!there.isEmpty()) {
            ParallelSync.forEach(there.iterator(), DurableFiles::syncFolder);
        }
    }
}
