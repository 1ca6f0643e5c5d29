package io.tidemark.deploy.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** A private temporary folder that goes with everything in it when it is closed, and also when the process ends before that. */
public final class Scratch implements AutoCloseable {
    private final Path folder;
    private final Hook hook;
    private volatile boolean kept;

    private Scratch(Path folder) {
        this.folder = folder;
        this.hook = Hook.atExit(Hook.FILES, this::remove);
    }

    /** The parent folder is the system's own for temporary files, e.g. {@code TMPDIR}. */
    public static Scratch create(String name) {
        try {
            Path folder = Files.createTempDirectory("tidemark-" + name + "-");
            // The servers' unprivileged user has to pass through, not to look.
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
            return new Scratch(folder.toRealPath());
        } catch (IOException e) {
            throw new UncheckedIOException("temporary folder cannot be created", e);
        }
    }

    public Path folder() {
        return folder;
    }

    public Path resolve(String name) {
        return folder.resolve(name);
    }

    public Path subfolder(String name) {
        try {
            return Files.createDirectories(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(folder.resolve(name) + ": cannot be created", e);
        }
    }

    /** From now on the folder stays. */
    public void keep() {
        kept = true;
    }

    @Override
    public void close() {
        hook.cancel();
        remove();
    }

    private void remove() {
        if (!kept) {
            delete(folder);
        }
    }

    /** A file or folder that is not there is fine; so is one that vanishes meanwhile. */
    public static void delete(Path path) {
        try {
            Files.walkFileTree(path, new Remover());
        } catch (NoSuchFileException alreadyGone) {
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(path + ": cannot be removed", e);
        }
    }

    private static final class Remover extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException problem) throws IOException {
            if (problem instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw problem;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException problem) throws IOException {
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
