package io.tidemark.sender.route;

import io.tidemark.bundle.BundleId;

/** Makes one complete bundle in the outbox. One at a time; to be ended early by interrupting its thread. */
@FunctionalInterface
public interface CompleteStep {
    /** @param label scheduled, manual, pre-deploy … */
    BundleId run(String label);
}
