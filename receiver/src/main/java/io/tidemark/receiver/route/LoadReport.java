package io.tidemark.receiver.route;

import io.tidemark.failure.TidemarkException;
import io.tidemark.receiver.inbox.Imported;
import java.util.List;
import java.util.Optional;

/** What one round of taking in and loading came to. Nothing to do is a success. */
public record LoadReport(List<Imported> volumes, List<BundleOutcome> bundles) {
    public LoadReport {
        volumes = List.copyOf(volumes);
        bundles = List.copyOf(bundles);
    }

    /** The failure that matters most: of the newest bundle that was not loaded, unless a later one was. */
    public Optional<TidemarkException> failure() {
        return bundles.isEmpty()
                ? Optional.empty()
                : bundles.get(bundles.size() - 1).failure();
    }
}
