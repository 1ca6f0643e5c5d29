package io.tidemark.sender.media;

import io.tidemark.bundle.MediaPath;
import io.tidemark.file.FileStat;
import io.tidemark.sender.settings.MediaSettings;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The regular files below a folder that travel, ordered by their paths' UTF-8 bytes. Links are not followed. A folder that cannot be read is a
 * failure and never an empty one: what is not listed is deleted on the other side.
 */
final class MediaWalk implements Closeable {
    /** Names of one folder that are kept in memory. */
    static final int NAMES_IN_MEMORY = 20_000;

    private static final Logger LOG = LoggerFactory.getLogger(MediaWalk.class);

    private final MediaSettings wanted;
    private final Path spillFolder;
    private final LeftOutFiles leftOut;
    private final Deque<Level> levels = new ArrayDeque<>();

    /** A folder whose names are being handed out; the prefix is its path with a slash behind, empty for the root. */
    private record Level(Path folder, String prefix, SortedNames names) {}

    MediaWalk(MediaSettings wanted, Path spillFolder, LeftOutFiles leftOut) throws IOException {
        Path root = wanted.folder().orElseThrow();
        this.wanted = wanted;
        this.spillFolder = spillFolder;
        this.leftOut = leftOut;
        try {
            descend(root, "");
        } catch (NoSuchFileException | NotDirectoryException missing) {
            throw MediaFolderException.missing(root, missing);
        }
    }

    /** The next file; null after the last. */
    @Nullable
    FoundFile next() throws IOException {
        while (!levels.isEmpty()) {
            Level level = levels.element();
            SortedNames.Name name = level.names.next();
            if (name == null) {
                levels.remove().names.close();
                continue;
            }
            FoundFile found = visit(level, name);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** What was a folder when listed may be gone or something else by now. */
    private @Nullable FoundFile visit(Level level, SortedNames.Name listed) throws IOException {
        String name = new String(listed.bytes(), StandardCharsets.UTF_8);
        if (!name.endsWith("/")) {
            return new FoundFile(
                    level.prefix + name, level.folder.resolve(name), listed.size(), listed.modified(), listed.inode());
        }
        Path path = level.folder.resolve(name.substring(0, name.length() - 1));
        if (stat(level.folder, path).filter(FileStat::isFolder).isPresent()) {
            try {
                descend(path, level.prefix + name);
            } catch (NoSuchFileException | NotDirectoryException vanished) {
                LOG.debug("media folder {} went away while it was read", path);
            }
        }
        return null;
    }

    private void descend(Path folder, String prefix) throws IOException {
        SortedNames names = new SortedNames(spillFolder, NAMES_IN_MEMORY);
        levels.push(new Level(folder, prefix, names));
        boolean listed = false;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                list(folder, prefix, entry, names);
            }
            names.finish();
            listed = true;
        } catch (AccessDeniedException denied) {
            throw MediaFolderException.unreadable(folder, "cannot be read", denied);
        } catch (DirectoryIteratorException broken) {
            throw MediaFolderException.unreadable(folder, "cannot be read to its end", new IOException(broken));
        } finally {
            if (!listed) {
                levels.pop().names.close();
            }
        }
    }

    /** A folder is listed with a slash behind its name: so are the paths of all that is in it, and by that they are ordered. */
    private void list(Path folder, String prefix, Path entry, SortedNames names) throws IOException {
        String name = entry.getFileName().toString();
        Optional<String> problem = problem(prefix, entry, name);
        if (problem.isPresent()) {
            leave(prefix + name, problem.get());
            return;
        }
        Optional<FileStat> stat = stat(folder, entry);
        if (stat.isPresent()) {
            switch (stat.get().type()) {
                case FILE -> {
                    if (wanted.takes(prefix + name)) {
                        names.add(SortedNames.Name.of(name, stat.get()));
                    }
                }
                case FOLDER -> {
                    if (wanted.enters(prefix + name)) {
                        names.add(SortedNames.Name.of(name + "/", stat.get()));
                    }
                }
                case LINK -> leave(prefix + name, "is a symbolic link, which is not followed");
                case OTHER -> leave(prefix + name, "is neither a file nor a folder");
            }
        }
    }

    /** Nobody misses what is not wanted. */
    private void leave(String path, String reason) {
        if (wanted.takes(path)) {
            leftOut.add(path, reason);
        }
    }

    private static Optional<String> problem(String prefix, Path entry, String name) {
        Path fileName = entry.getFileName();
        if (!fileName.getFileSystem().getPath(name).equals(fileName)) {
            return Optional.of("has a name that is not UTF-8");
        }
        if (MediaPath.isTemporary(name)) {
            return Optional.of("is a file that Tidemark itself is writing");
        }
        if (entry.toString().getBytes(StandardCharsets.UTF_8).length > MediaPath.MAX_BYTES) {
            return Optional.of("lies too deep: its whole path is longer than the system takes");
        }
        return MediaPath.problem(prefix + name);
    }

    private static Optional<FileStat> stat(Path folder, Path entry) throws IOException {
        try {
            return FileStat.find(entry);
        } catch (AccessDeniedException denied) {
            throw MediaFolderException.unreadable(folder, "cannot be searched", denied);
        }
    }

    @Override
    public void close() throws IOException {
        while (!levels.isEmpty()) {
            levels.pop().names.close();
        }
    }
}
