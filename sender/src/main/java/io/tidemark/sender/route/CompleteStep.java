package io.tidemark.sender.route;

import io.tidemark.bundle.BundleId;

/** Makes one complete bundle in the outbox. One at a time; to be ended early by interrupting its thread. */
@FunctionalInterface
public interface CompleteStep {
    /**
     * @param label scheduled, manual, pre-deploy …
     * @param receiptsRead returns as soon as the state has learnt what the receiver says; to be called before the state is asked what the
     *     receiver holds, and no earlier, as the link may be slow
     */
    BundleId run(String label, Runnable receiptsRead);
}
