package io.tidemark.sender.route;

import io.tidemark.bundle.BundleId;

/** A complete that is whole in the outbox, and how far it got from there. */
public record CompleteResult(BundleId bundle, PushResult push) {
    /** Whether all of it lies in the remote folder. */
    public boolean delivered() {
        return push.failure().isEmpty();
    }
}
