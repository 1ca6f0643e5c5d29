package io.tidemark.sender.route;

import io.tidemark.bundle.BundleId;
import io.tidemark.bundle.VolumeName;
import io.tidemark.file.WorkLock;
import io.tidemark.sender.state.BundleState;
import io.tidemark.sender.state.SentBundle;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Makes completes, one at a time among all processes of this sender. */
final class Capturing {
    static final String LOCK = "capture.lock";

    private final NodeParts parts;
    private final Runnable readReceipts;
    private final AtomicReference<@Nullable Thread> thread = new AtomicReference<>();

    Capturing(NodeParts parts, Runnable readReceipts) {
        this.parts = parts;
        this.readReceipts = readReceipts;
    }

    /** First learns what the receiver has and lacks, and clears away what an interrupted capture left. */
    BundleId run(CompleteStep step, String label) {
        WorkLock alone = WorkLock.acquire(parts.workFolder().resolve(LOCK), "a complete");
        try {
            thread.set(Thread.currentThread());
            parts.state().unfinished().stream().filter(this::isCutOff).forEach(cutOff -> {
                parts.outbox().discardUnfinished(cutOff.id());
                parts.state().giveUp(cutOff.id());
            });
            readReceipts.run();
            return step.run(label);
        } finally {
            thread.set(null);
            alone.close();
        }
    }

    /** A bundle is sealed in the state before its last volume is in the outbox. */
    private boolean isCutOff(SentBundle bundle) {
        return bundle.state() == BundleState.CAPTURING
                || !parts.outbox().waiting().contains(VolumeName.last(bundle.id()));
    }

    /** Ends a capture under way as soon as it notices. */
    void interrupt() {
        Thread running = thread.get();
        if (running != null) {
            running.interrupt();
        }
    }
}
