package io.tidemark.sender.route;

import io.tidemark.bundle.BundleId;
import io.tidemark.bundle.BundleKind;
import io.tidemark.bundle.VolumeName;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.file.WorkLock;
import io.tidemark.sender.state.BundleState;
import io.tidemark.sender.state.SentBundle;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes completes, one at a time among all processes of this sender. */
final class Capturing {
    static final String LOCK = "capture.lock";

    private final NodeParts parts;
    private final Consumer<Boolean> readReceipts;
    private final AtomicReference<@Nullable Thread> thread = new AtomicReference<>();

    /** @param readReceipts is told whether the state knows nothing */
    Capturing(NodeParts parts, Consumer<Boolean> readReceipts) {
        this.parts = parts;
        this.readReceipts = readReceipts;
    }

    /**
     * First clears away what an interrupted capture left. What the receiver says is read while the capture begins; before, where nothing
     * is known, as the bundle's number depends on it.
     */
    BundleId run(CompleteStep step, String label) {
        WorkLock alone = WorkLock.acquire(parts.workFolder().resolve(LOCK), "a complete");
        try {
            thread.set(Thread.currentThread());
            parts.state().unfinished().stream()
                    .filter(bundle -> bundle.id().kind() == BundleKind.COMPLETE)
                    .filter(this::isCutOff)
                    .forEach(cutOff -> {
                        parts.outbox().discardUnfinished(cutOff.id());
                        parts.state().giveUp(cutOff.id());
                    });
            boolean lost = parts.state().isNew();
            FutureTask<Boolean> receipts = new FutureTask<>(() -> readReceipts.accept(lost), true);
            Thread reading = new Thread(receipts, RouteIds.RECEIPTS);
            reading.setDaemon(true);
            reading.start();
            if (lost) {
                await(receipts);
            }
            return step.run(label, () -> await(receipts));
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

    boolean isUnderWay() {
        return thread.get() != null;
    }

    /** Ends a capture under way as soon as it notices. */
    void interrupt() {
        Thread running = thread.get();
        if (running != null) {
            running.interrupt();
        }
    }

    private static void await(FutureTask<Boolean> receipts) {
        try {
            receipts.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TidemarkException(FailureCode.FAILED, "stopped while receipts were read", "start it again", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
