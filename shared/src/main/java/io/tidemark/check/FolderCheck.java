package io.tidemark.check;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Tries what a node does with its folders: list, write, rename, remove. */
public final class FolderCheck {
    private static final String PROBE = ".tidemark-check";

    private FolderCheck() {}

    /** A folder of our own, which the node creates where it is missing. The check does not: it may run as another user. */
    public static Finding own(String key, Path folder) {
        if (Files.exists(folder)) {
            return writable(key, folder);
        }
        Path above = existing(folder);
        return writable(key, above).level() == Finding.Level.OK
                ? Finding.ok(key, folder + " can be created")
                : Finding.problem(
                        key,
                        folder + " cannot be created in " + above,
                        "create it, owned by the user that runs Tidemark");
    }

    /** The folder, or the nearest one above it that is there. */
    private static Path existing(Path folder) {
        Path found = folder;
        while (found.getParent() != null && !Files.exists(found)) {
            found = found.getParent();
        }
        return found;
    }

    /** A folder that somebody else made: files are written, renamed and removed in it. */
    public static Finding writable(String key, Path folder) {
        if (!Files.isDirectory(folder)) {
            return missing(key, folder);
        }
        Path part = folder.resolve(PROBE + ".part");
        Path whole = folder.resolve(PROBE);
        try {
            Files.writeString(part, "probe");
            Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE);
            Files.delete(whole);
            return Finding.ok(key, folder + " is writable");
        } catch (IOException e) {
            return Finding.problem(
                    key, folder + " is not writable: " + reason(e), "let the user that runs Tidemark write to it");
        } finally {
            part.toFile().delete();
        }
    }

    public static Finding readable(String key, Path folder) {
        if (!Files.isDirectory(folder)) {
            return missing(key, folder);
        }
        try (Stream<Path> files = Files.list(folder)) {
            boolean empty = files.findFirst().isEmpty();
            return Finding.ok(key, folder + " is readable" + (empty ? ", and empty" : ""));
        } catch (IOException e) {
            return Finding.problem(
                    key, folder + " is not readable: " + reason(e), "let the user that runs Tidemark read it");
        }
    }

    /** @param what the room is for */
    public static Optional<Finding> room(String key, Path folder, long wanted, String what) {
        try {
            long free = Files.getFileStore(existing(folder)).getUsableSpace();
            String text = String.format(Locale.ROOT, "%s has %.1f GB free", folder, free / (double) (1L << 30));
            return Optional.of(
                    free >= wanted
                            ? Finding.ok(key, text)
                            : Finding.problem(key, text + ", less than " + what, "make room, or name another folder"));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Whether a file can go from one folder to the other by renaming, which costs nothing. Both exist. */
    public static Finding sameFileSystem(String key, Path from, Path to) {
        Path source = from.resolve(PROBE + ".move");
        Path target = to.resolve(PROBE + ".move");
        try {
            FileStore store = Files.getFileStore(to);
            Files.writeString(source, "probe");
            Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
            return Finding.ok(key, from + " and " + to + " share the file system " + store.name());
        } catch (AtomicMoveNotSupportedException e) {
            return Finding.note(
                    key,
                    from + " and " + to + " lie on two file systems: contents are copied from one to the other",
                    "put both on one file system to save the time");
        } catch (IOException e) {
            return Finding.problem(
                    key,
                    "cannot move a file from " + from + " to " + to + ": " + reason(e),
                    "check the rights of both");
        } finally {
            source.toFile().delete();
            target.toFile().delete();
        }
    }

    private static Finding missing(String key, Path folder) {
        return Finding.problem(
                key,
                Files.exists(folder) ? folder + " is not a folder" : "folder " + folder + " does not exist",
                "create it, for the user that runs Tidemark");
    }

    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof NoSuchFileException) {
            return "it does not exist";
        }
        String reason = e instanceof FileSystemException detailed ? detailed.getReason() : e.getMessage();
        return reason == null ? e.toString() : reason;
    }
}
