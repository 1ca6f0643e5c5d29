package io.tidemark.receiver.route;

import io.tidemark.bundle.BundleId;
import io.tidemark.failure.TidemarkException;
import io.tidemark.receiver.chain.SourceState;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a service remembers from one round to the next, so that bundles that wait cost nothing and are told once. Losing it does no harm.
 */
final class Memory {
    private static final Duration SHORTEST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final Clock clock;
    private final Map<BundleId, String> told = new ConcurrentHashMap<>();
    private final Map<BundleId, Attempt> attempts = new ConcurrentHashMap<>();
    private final Map<String, Seen> seen = new ConcurrentHashMap<>();

    Memory(Clock clock) {
        this.clock = clock;
    }

    /** A try that failed, and whether it is worth another one. */
    private record Attempt(SourceState state, TidemarkException failure, Duration rest, Instant next) {}

    /** Asks the archive of a complete. */
    @FunctionalInterface
    interface Asked {
        long seenBy(String source, long complete) throws IOException;
    }

    /** What a complete has seen of media, asked once. */
    long seen(String source, long complete, Asked archive) throws IOException {
        Seen known = seen.get(source);
        if (known == null || known.complete() != complete) {
            known = new Seen(complete, archive.seenBy(source, complete));
            seen.put(source, known);
        }
        return known.sequence();
    }

    private record Seen(long complete, long sequence) {}

    /** Whether it was not said before. */
    boolean isNews(BundleId bundle, String text) {
        return !text.equals(told.put(bundle, text));
    }

    /** Forgets bundles that are gone. */
    void keep(Set<BundleId> waiting) {
        told.keySet().retainAll(waiting);
        attempts.keySet().retainAll(waiting);
    }

    /** Why the bundle failed a moment ago, nothing having changed since. */
    Optional<TidemarkException> recent(BundleId bundle, SourceState state) {
        return Optional.ofNullable(attempts.get(bundle))
                .filter(attempt ->
                        attempt.state().equals(state) && clock.instant().isBefore(attempt.next()))
                .map(Attempt::failure);
    }

    void failed(BundleId bundle, SourceState state, TidemarkException failure) {
        attempts.compute(bundle, (id, before) -> {
            Duration rest = before == null || !before.state().equals(state)
                    ? SHORTEST
                    : before.rest().multipliedBy(2);
            Duration bounded = rest.compareTo(LONGEST) > 0 ? LONGEST : rest;
            return new Attempt(state, failure, bounded, clock.instant().plus(bounded));
        });
    }
}
