package io.tidemark.receiver.archive;

import io.tidemark.bundle.BundleId;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a bundle of the archive, or all of a source, and the contents that they name, from expiring while they are read: a lock on a file beside
 * them, shared by all readers. It ends with the process, however that ends.
 */
public final class BundleUse implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(BundleUse.class);
    private static final String SUFFIX = ".in-use";

    private final Path file;
    private final @Nullable FileChannel channel;
    private final @Nullable BundleUse source;

    private BundleUse(Path file, @Nullable FileChannel channel, @Nullable BundleUse source) {
        this.file = file;
        this.channel = channel;
        this.source = source;
    }

    /** To be taken before the bundle is opened: who has it finds the bundle whole, or not at all. Waits for a removal under way. */
    public static BundleUse reading(Archive archive, BundleId bundle) throws IOException {
        return reading(file(archive, bundle), archive.path(bundle));
    }

    /** Of every bundle of a source, by one lock. Waits for a removal under way. */
    public static BundleUse readingAll(Archive archive, String source) throws IOException {
        return reading(sourceFile(archive, source), archive.sourceFolder(source));
    }

    private static BundleUse reading(Path file, Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return new BundleUse(file, null, null);
        }
        FileChannel channel;
        try {
            channel = open(file);
        } catch (AccessDeniedException | ReadOnlyFileSystemException readOnly) {
            LOG.debug("{} cannot be written: an expiry would not see that {} is read", file, folder);
            return new BundleUse(file, null, null);
        }
        try {
            channel.lock(0, Long.MAX_VALUE, true);
        } catch (OverlappingFileLockException readByThisProcess) {
            // Then it is kept from expiring already.
        }
        return new BundleUse(file, channel, null);
    }

    /** For who removes it; empty where somebody reads it. */
    public static Optional<BundleUse> removing(Archive archive, BundleId bundle) throws IOException {
        Optional<BundleUse> source = alone(sourceFile(archive, bundle.source()), null);
        if (source.isEmpty()) {
            return source;
        }
        boolean mine = false;
        try {
            Optional<BundleUse> alone = alone(file(archive, bundle), source.get());
            mine = alone.isPresent();
            return alone;
        } finally {
            if (!mine) {
                source.get().close();
            }
        }
    }

    private static Optional<BundleUse> alone(Path file, @Nullable BundleUse source) throws IOException {
        FileChannel channel = open(file);
        boolean mine = false;
        try {
            mine = channel.tryLock() != null;
        } catch (OverlappingFileLockException readByThisProcess) {
            mine = false;
        } finally {
            if (!mine) {
                channel.close();
            }
        }
        return mine ? Optional.of(new BundleUse(file, channel, source)) : Optional.empty();
    }

    public static boolean isRead(Archive archive, BundleId bundle) throws IOException {
        return isRead(sourceFile(archive, bundle.source())) || isRead(file(archive, bundle));
    }

    private static boolean isRead(Path file) throws IOException {
        if (!Files.exists(file)) {
            return false;
        }
        Optional<BundleUse> alone = alone(file, null);
        if (alone.isPresent()) {
            alone.get().close();
        }
        return alone.isEmpty();
    }

    /** The bundle is gone, and so has its lock to be: who waits for it finds no bundle. */
    public void gone() throws IOException {
        Files.deleteIfExists(file);
    }

    @Override
    public String toString() {
        return file.toString();
    }

    @Override
    public void close() throws IOException {
        try {
            if (channel != null) {
                channel.close();
            }
        } finally {
            if (source != null) {
                source.close();
            }
        }
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private static Path file(Archive archive, BundleId bundle) {
        return archive.path(bundle).resolveSibling(bundle.name() + SUFFIX);
    }

    private static Path sourceFile(Archive archive, String source) {
        return archive.sourceFolder(source).resolve(SUFFIX);
    }
}
