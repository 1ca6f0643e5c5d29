package io.tidemark.sender.outbox;

import io.tidemark.bundle.VolumeName;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The cap on what may wait in an outbox, volumes included that are still being written. Safe for several threads. */
public final class OutboxRoom {
    private final Outbox outbox;
    private final long maxBytes;
    /** Bytes of volumes that this process is writing; their files say less, as writers buffer. */
    private final Map<VolumeName, Long> reserved = new HashMap<>();

    OutboxRoom(Outbox outbox, long maxBytes) {
        this.outbox = outbox;
        this.maxBytes = maxBytes;
    }

    public long maxBytes() {
        return maxBytes;
    }

    /**
     * Waits until a volume of {@code bytes} fits under the cap, and holds that room until the volume is committed or released. A volume
     * that is larger than the cap waits until it is alone.
     *
     * @param patience how long the outbox may stand still meanwhile
     * @throws TidemarkException (OUTBOX_FULL) after that
     */
    void reserve(VolumeName volume, long bytes, Duration patience) {
        List<VolumeName> before = outbox.waiting();
        try {
            while (!tryReserve(volume, bytes)) {
                List<VolumeName> seen = before;
                if (!outbox.await(() -> fits(bytes) || !outbox.waiting().containsAll(seen), patience)) {
                    throw full(patience);
                }
                before = outbox.waiting();
            }
        } catch (InterruptedException e) {
            throw OutboxFailures.stopped("waiting for room in the outbox", e);
        }
    }

    /** Gives room back; nothing where none was held. */
    void release(VolumeName volume) {
        synchronized (reserved) {
            reserved.remove(volume);
        }
        outbox.signal();
    }

    private boolean tryReserve(VolumeName volume, long bytes) {
        synchronized (reserved) {
            boolean fits = fits(bytes);
            if (fits) {
                reserved.put(volume, bytes);
            }
            return fits;
        }
    }

    private boolean fits(long bytes) {
        synchronized (reserved) {
            List<VolumeName> waiting = outbox.waiting();
            long taken = waiting.stream().mapToLong(outbox::sizeIfThere).sum()
                    + reserved.values().stream().mapToLong(Long::longValue).sum();
            boolean alone = waiting.isEmpty() && reserved.isEmpty();
            return alone || taken + bytes <= maxBytes;
        }
    }

    private TidemarkException full(Duration patience) {
        List<VolumeName> waiting = outbox.waiting();
        return new TidemarkException(
                FailureCode.OUTBOX_FULL,
                "outbox " + outbox.folder() + " is full: " + waiting.size() + " volumes wait, "
                        + waiting.stream().mapToLong(outbox::sizeIfThere).sum() + " bytes of at most " + maxBytes
                        + ", and none has left for " + patience.toSeconds() + " s",
                "mend the link (tidemark-sender check), or raise outbox.max-size or outbox.patience");
    }
}
