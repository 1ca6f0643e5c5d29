package io.tidemark.sender.media;

import io.tidemark.sender.settings.MediaSettings;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** How much the media that travel take. */
public final class MediaSize extends SimpleFileVisitor<Path> {
    private final MediaSettings wanted;
    private final Path root;
    private long bytes;

    private MediaSize(MediaSettings wanted, Path root) {
        this.wanted = wanted;
        this.root = root;
    }

    /** @return bytes of all that can be seen; 0 where there is no folder */
    public static long of(MediaSettings wanted) {
        if (wanted.folder().isEmpty()) {
            return 0;
        }
        MediaSize size = new MediaSize(wanted, wanted.folder().get());
        try {
            Files.walkFileTree(size.root, size);
            return size.bytes;
        } catch (IOException unreadable) {
            return size.bytes;
        }
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
        return folder.equals(root) || wanted.enters(path(folder))
                ? FileVisitResult.CONTINUE
                : FileVisitResult.SKIP_SUBTREE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        bytes += attributes.isRegularFile() && wanted.takes(path(file)) ? attributes.size() : 0;
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) {
        return FileVisitResult.CONTINUE;
    }

    private String path(Path file) {
        return root.relativize(file).toString();
    }
}
