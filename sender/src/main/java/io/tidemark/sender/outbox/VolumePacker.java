package io.tidemark.sender.outbox;

import io.tidemark.blob.BlobId;
import io.tidemark.blob.EncodedBlob;
import io.tidemark.blob.SpilledBlob;
import io.tidemark.bundle.BundleId;
import io.tidemark.bundle.Manifest;
import io.tidemark.bundle.VolumeName;
import io.tidemark.crash.CrashPoints;
import io.tidemark.failure.TidemarkException;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Packs one bundle's blobs into volumes and commits each to the outbox as soon as it is full. Safe for several threads; they wait while
 * the outbox is full. Every failure of the disk is a {@link TidemarkException}, after which the bundle has to be given up.
 */
public final class VolumePacker implements Closeable {
    private final BundleId bundle;
    private final Outbox outbox;
    private final long volumeSize;
    private final Duration patience;
    private final BlobLedger ledger;
    private final VolumeCommitter committer;
    private final ReentrantLock lock = new ReentrantLock();
    private int lastNumber;
    private @Nullable OpenVolume open;

    /**
     * @param volumeSize bytes at which a volume is full; a larger blob has a volume of its own
     * @param patience how long a full outbox may stand still
     */
    public VolumePacker(
            BundleId bundle,
            Outbox outbox,
            long volumeSize,
            Duration patience,
            BlobLedger ledger,
            CrashPoints crashPoints) {
        this.bundle = bundle;
        this.outbox = outbox;
        this.volumeSize = volumeSize;
        this.patience = patience;
        this.ledger = ledger;
        this.committer = new VolumeCommitter(outbox, ledger, crashPoints);
    }

    /** True for the one caller that has to {@code add} this content; false where it need not travel again. */
    public boolean claim(BlobId blob) {
        return ledger.claim(blob);
    }

    /** Adds the content where it has to travel; returns whether it did. */
    public boolean offer(EncodedBlob blob) {
        boolean mine = claim(blob.id());
        if (mine) {
            add(blob);
        }
        return mine;
    }

    /** Adds a claimed content; its bytes may be overwritten afterwards. */
    public void add(EncodedBlob blob) {
        append(blob.length(), volume -> volume.add(blob));
    }

    /** Adds a claimed content; its file may be removed afterwards. */
    public void add(SpilledBlob blob) {
        if (blob.storedSize() < volumeSize) {
            append(blob.storedSize(), volume -> volume.add(blob));
        } else {
            alone(blob);
        }
    }

    /** Closes the last of the blobs' volumes; all of them are in the outbox then, or pushed already. */
    public List<Manifest.Volume> finishBlobs() {
        lock.lock();
        try {
            handOver();
        } finally {
            lock.unlock();
        }
        return committer.finish();
    }

    /** Throws away what is not committed. */
    @Override
    public void close() {
        lock.lock();
        try {
            if (open != null) {
                discard(open);
                open = null;
            }
        } finally {
            lock.unlock();
            committer.close();
        }
    }

    /** Writes a content. */
    @FunctionalInterface
    private interface Content {
        void into(OpenVolume volume) throws IOException;
    }

    private void append(long size, Content content) {
        lock.lock();
        try {
            if (open != null && open.sizeWith(size) > volumeSize) {
                handOver();
            }
            if (open == null) {
                open = begin(Math.max(size, volumeSize));
            }
            content.into(open);
            if (open.sizeWith(0) > volumeSize || open.isCrowded()) {
                handOver();
            }
        } catch (IOException e) {
            throw OutboxFailures.of(outbox.folder(), e);
        } finally {
            lock.unlock();
        }
    }

    /** Beside the volume that is open, so that nobody waits for a large file to be copied. */
    private void alone(SpilledBlob blob) {
        OpenVolume volume;
        lock.lock();
        try {
            if (blob.storedSize() + volumeSize > outbox.room().maxBytes()) {
                // It has to be alone in the outbox, and nobody could fill the open volume while this thread waits.
                handOver();
            }
            volume = begin(blob.storedSize());
        } catch (IOException e) {
            throw OutboxFailures.of(outbox.folder(), e);
        } finally {
            lock.unlock();
        }
        boolean whole = false;
        try {
            volume.add(blob);
            whole = true;
        } catch (IOException e) {
            throw OutboxFailures.of(outbox.folder(), e);
        } finally {
            if (!whole) {
                discard(volume);
            }
        }
        committer.commit(volume);
    }

    private void discard(OpenVolume volume) {
        try {
            volume.close();
        } catch (IOException e) {
            throw OutboxFailures.of(outbox.folder(), e);
        }
    }

    private OpenVolume begin(long size) throws IOException {
        committer.check();
        VolumeName name = new VolumeName(bundle, ++lastNumber);
        outbox.room().reserve(name, size, patience);
        return new OpenVolume(name, outbox);
    }

    private void handOver() {
        OpenVolume full = open;
        open = null;
        if (full != null) {
            committer.commit(full);
        }
    }
}
