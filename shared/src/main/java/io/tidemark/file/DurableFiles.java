package io.tidemark.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Hand-over by rename: write {@code x.part}, fsync, rename to {@code x}, fsync the folder. Who sees {@code x} sees all of it. */
public final class DurableFiles {
    /** Ends the name of what is not finished; consumers ignore it. */
    public static final String PART = ".part";

    private DurableFiles() {}

    /** Makes {@code target} hold {@code content}, whatever it held before. */
    public static void write(Path target, byte[] content) throws IOException {
        Path part = partOf(target);
        try (FileChannel file = FileChannel.open(
                part, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            file.force(true);
        }
        rename(part, target);
    }

    /** The name under which {@code target} is written. */
    public static Path partOf(Path target) {
        return target.resolveSibling(target.getFileName() + PART);
    }

    /** Replaces {@code target}; both folders are durable afterwards. What is renamed has to be synced before. */
    public static void rename(Path from, Path target) throws IOException {
        Files.move(from, target, StandardCopyOption.ATOMIC_MOVE);
        syncFolder(folderOf(target));
        if (!folderOf(from).equals(folderOf(target))) {
            syncFolder(folderOf(from));
        }
    }

    /**
     * Moves a file or a whole folder to a name that is free, to another file system too; {@code target} appears whole. Stopped in the
     * middle, it leaves the source as it was, and perhaps a {@code .part} that the next try removes.
     */
    public static void move(Path from, Path target) throws IOException {
        try {
            rename(from, target);
        } catch (AtomicMoveNotSupportedException otherFileSystem) {
            Path part = partOf(target);
            deleteTree(part);
            TreeCopy.copy(from, part);
            rename(part, target);
            remove(from);
        }
    }

    public static void syncFile(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Makes the names in a folder durable; the contents of its files are another matter. */
    public static void syncFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Makes a folder durable with all that is in it, apart from its own name. */
    public static void syncTree(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                syncFile(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path each, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                syncFolder(each);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Creates a folder and those above it where they are missing, durably. */
    public static void createFolders(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        createFolders(folderOf(folder));
        Files.createDirectories(folder);
        syncFolder(folderOf(folder));
    }

    /** Removes a file or a folder so that its name is gone at once: stopped in the middle, it leaves nothing but a {@code .part}. */
    public static void remove(Path path) throws IOException {
        Path part = partOf(path);
        deleteTree(part);
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            rename(path, part);
            deleteTree(part);
        }
    }

    /** Removes a file, or a folder with all that is in it; nothing there is fine. Links are removed and not followed. */
    public static void deleteTree(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException unreadable)
                    throws IOException {
                if (unreadable != null) {
                    throw unreadable;
                }
                Files.deleteIfExists(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static Path folderOf(Path path) {
        Path parent = path.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IllegalArgumentException("has no folder: " + path);
        }
        return parent;
    }
}
