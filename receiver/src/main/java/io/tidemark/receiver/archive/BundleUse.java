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
 * Keeps a bundle of the archive, and the contents that it names, from expiring while it is read: a lock on a file beside it, shared by all
 * readers. It ends with the process, however that ends.
 */
public final class BundleUse implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(BundleUse.class);
    private static final String SUFFIX = ".in-use";

    private final Path file;
    private final @Nullable FileChannel channel;

    private BundleUse(Path file, @Nullable FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** To be taken before the bundle is opened: who has it finds the bundle whole, or not at all. Waits for a removal under way. */
    public static BundleUse reading(Archive archive, BundleId bundle) throws IOException {
        Path file = file(archive, bundle);
        if (!Files.isDirectory(archive.path(bundle))) {
            return new BundleUse(file, null);
        }
        FileChannel channel;
        try {
            channel = open(file);
        } catch (AccessDeniedException | ReadOnlyFileSystemException readOnly) {
            LOG.debug("{} cannot be written: an expiry would not see that the bundle is read", file);
            return new BundleUse(file, null);
        }
        try {
            channel.lock(0, Long.MAX_VALUE, true);
        } catch (OverlappingFileLockException readByThisProcess) {
            // Then it is kept from expiring already.
        }
        return new BundleUse(file, channel);
    }

    /** For who removes it; empty where somebody reads it. */
    public static Optional<BundleUse> removing(Archive archive, BundleId bundle) throws IOException {
        Path file = file(archive, bundle);
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
        return mine ? Optional.of(new BundleUse(file, channel)) : Optional.empty();
    }

    public static boolean isRead(Archive archive, BundleId bundle) throws IOException {
        if (!Files.exists(file(archive, bundle))) {
            return false;
        }
        Optional<BundleUse> alone = removing(archive, bundle);
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
        if (channel != null) {
            channel.close();
        }
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private static Path file(Archive archive, BundleId bundle) {
        return archive.path(bundle).resolveSibling(bundle.name() + SUFFIX);
    }
}
