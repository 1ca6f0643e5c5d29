package io.tidemark.sender.route;

import io.tidemark.bundle.BundleId;
import java.util.List;

/** Partials that are whole in the outbox, none where nothing changed, and how far they got from there. */
public record PartialResult(List<BundleId> bundles, PushResult push) {
    public PartialResult {
        bundles = List.copyOf(bundles);
    }
}
