package io.tidemark.file;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Copies a file, or a folder with all that is in it, and makes every piece durable on the way. */
final class TreeCopy extends SimpleFileVisitor<Path> {
    private final Path from;
    private final Path target;

    private TreeCopy(Path from, Path target) {
        this.from = from;
        this.target = target;
    }

    static void copy(Path from, Path target) throws IOException {
        Files.walkFileTree(from, new TreeCopy(from, target));
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
        Files.createDirectory(to(folder));
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        Path copy = to(file);
        Files.copy(file, copy, LinkOption.NOFOLLOW_LINKS);
        if (attributes.isRegularFile()) {
            DurableFiles.syncFile(copy);
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
        if (failure != null) {
            throw failure;
        }
        DurableFiles.syncFolder(to(folder));
        return FileVisitResult.CONTINUE;
    }

    private Path to(Path source) {
        return source.equals(from)
                ? target
                : target.resolve(from.relativize(source).toString());
    }
}
