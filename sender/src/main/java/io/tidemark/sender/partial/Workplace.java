package io.tidemark.sender.partial;

import io.tidemark.bundle.BundleKind;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.file.WorkLock;
import io.tidemark.sender.media.MediaTurn;
import io.tidemark.sender.outbox.Outbox;
import io.tidemark.sender.settings.SenderSettings;
import io.tidemark.text.Human;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Where partials are made, by one process at a time. */
final class Workplace {
    static final String LOCK = "partial.lock";

    private final SenderSettings settings;
    private final Outbox outbox;

    Workplace(SenderSettings settings, Outbox outbox) {
        this.settings = settings;
        this.outbox = outbox;
    }

    Path folder() {
        return settings.workFolder().resolve("partial");
    }

    /** Of transactions that have not ended yet. */
    Path openFolder() {
        return settings.workFolder().resolve("partial-open");
    }

    /** @throws TidemarkException (BUSY) where another process makes one */
    WorkLock lock() {
        return WorkLock.tryAcquire(settings.workFolder().resolve(LOCK))
                .orElseThrow(() -> new TidemarkException(
                        FailureCode.BUSY,
                        "a partial is under way already",
                        "wait until it has ended; nothing is lost"));
    }

    /** The lock, and the turn to look at the media folder. */
    static final class Turn {
        private final WorkLock lock;
        private final Optional<MediaTurn> media;

        private Turn(WorkLock lock, Optional<MediaTurn> media) {
            this.lock = lock;
            this.media = media;
        }

        void close() {
            media.ifPresent(MediaTurn::close);
            lock.close();
        }
    }

    /** @throws TidemarkException (BUSY) where another process makes one */
    Turn turn() {
        WorkLock lock = lock();
        boolean mine = false;
        try {
            Turn turn = new Turn(lock, settings.mediaFolder().map(folder -> MediaTurn.take(settings.workFolder())));
            mine = true;
            return turn;
        } finally {
            if (!mine) {
                lock.close();
            }
        }
    }

    /** @throws TidemarkException (OUTBOX_FULL) where too much waits for the link */
    void room() {
        long waiting = outbox.bytesWaiting(BundleKind.PARTIAL);
        if (waiting > settings.outbox().maxSize()) {
            throw new TidemarkException(
                    FailureCode.OUTBOX_FULL,
                    "outbox " + outbox.folder() + " is full: partials of " + Human.bytes(waiting) + " wait",
                    "mend the link (tidemark-sender check); until then the changes stay on the primary");
        }
    }

    TidemarkException failed(IOException failure) {
        String text = String.valueOf(failure.getMessage());
        boolean full = text.contains("space left") || text.contains("quota");
        return new TidemarkException(
                full ? FailureCode.DISK_FULL : FailureCode.FAILED,
                full ? "no room is left in " + folder() : "cannot make a partial in " + folder() + ": " + failure,
                full ? "make room; nothing is lost" : "check that work.folder belongs to the sender's user",
                failure);
    }
}
