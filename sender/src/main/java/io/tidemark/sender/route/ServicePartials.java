package io.tidemark.sender.route;

import io.tidemark.bundle.BundleId;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Partials as the service makes them: to be ended early, and told of when they are made.
 *
 * @param made is told what each tick made
 */
record ServicePartials(Partials partials, Interruptible turn, Consumer<List<BundleId>> made) implements Partials {
    @Override
    public List<BundleId> make(String label, boolean again) {
        List<BundleId> bundles = turn.run(() -> partials.make(label, again));
        made.accept(bundles);
        return bundles;
    }

    @Override
    public void readAhead(Duration limit) {
        partials.readAhead(limit);
    }

    @Override
    public void prepare() {
        partials.prepare();
    }
}
