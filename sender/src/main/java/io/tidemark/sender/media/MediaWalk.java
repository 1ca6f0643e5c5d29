package io.tidemark.sender.media;

import io.tidemark.bundle.MediaPath;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.file.FileStat;
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
 * The regular files below a folder, ordered by their paths' UTF-8 bytes. Links are not followed. A folder that cannot be read is a
 * failure and never an empty one: what is not listed is deleted on the other side.
 */
final class MediaWalk implements Closeable {
    /** Names of one folder that are kept in memory. */
    static final int NAMES_IN_MEMORY = 20_000;

    private static final Logger LOG = LoggerFactory.getLogger(MediaWalk.class);

    private final Path spillFolder;
    private final LeftOutFiles leftOut;
    private final Deque<Level> levels = new ArrayDeque<>();

    /** A folder whose names are being handed out; the prefix is its path with a slash behind, empty for the root. */
    private record Level(Path folder, String prefix, SortedNames names) {}

    MediaWalk(Path root, Path spillFolder, LeftOutFiles leftOut) throws IOException {
        this.spillFolder = spillFolder;
        this.leftOut = leftOut;
        try {
            descend(root, "");
        } catch (NoSuchFileException | NotDirectoryException missing) {
            throw failure(root, "is missing", missing);
        }
    }

    /** The next file; null after the last. */
    @Nullable
    FoundFile next() throws IOException {
        while (!levels.isEmpty()) {
            Level level = levels.element();
            byte[] bytes = level.names.next();
            if (bytes == null) {
                levels.remove().names.close();
                continue;
            }
            FoundFile found = visit(level, new String(bytes, StandardCharsets.UTF_8));
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** What was a folder or a file when listed may be gone or something else by now. */
    private @Nullable FoundFile visit(Level level, String listed) throws IOException {
        boolean folder = listed.endsWith("/");
        String name = folder ? listed.substring(0, listed.length() - 1) : listed;
        Path path = level.folder.resolve(name);
        Optional<FileStat> stat = stat(level.folder, path);
        if (stat.isEmpty()) {
            return null;
        }
        if (!folder) {
            return stat.get().type() == FileStat.Type.FILE
                    ? new FoundFile(level.prefix + name, path, stat.get())
                    : null;
        }
        if (stat.get().type() == FileStat.Type.FOLDER) {
            try {
                descend(path, level.prefix + listed);
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
            throw failure(folder, "cannot be read", denied);
        } catch (DirectoryIteratorException broken) {
            throw failure(folder, "cannot be read to its end", new IOException(broken));
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
            leftOut.add(prefix + name, problem.get());
            return;
        }
        Optional<FileStat> stat = stat(folder, entry);
        if (stat.isPresent()) {
            switch (stat.get().type()) {
                case FILE -> names.add(name.getBytes(StandardCharsets.UTF_8));
                case FOLDER -> names.add((name + "/").getBytes(StandardCharsets.UTF_8));
                case LINK -> leftOut.add(prefix + name, "is a symbolic link, which is not followed");
                case OTHER -> leftOut.add(prefix + name, "is neither a file nor a folder");
            }
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
            throw failure(folder, "cannot be searched", denied);
        }
    }

    private static TidemarkException failure(Path folder, String what, IOException cause) {
        return new TidemarkException(
                FailureCode.FAILED,
                "media folder " + folder + " " + what,
                "mount it, let the sender's user read and search it, or correct media.folder; nothing is taken for deleted",
                cause);
    }

    @Override
    public void close() throws IOException {
        while (!levels.isEmpty()) {
            levels.pop().names.close();
        }
    }
}
