package io.tidemark.room;

import io.tidemark.bundle.BundleId;
import io.tidemark.bundle.BundleKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What bundles bring in a day, from those of the last week. */
public final class BytesPerDay {
    static final Duration WINDOW = Duration.ofDays(7);
    private static final Duration SHORTEST = Duration.ofHours(1);

    private BytesPerDay() {}

    /**
     * The first complete of each source brings everything and says nothing of the next ones. Days that the bundles do not reach back to are
     * not counted.
     *
     * @param partials how many partials there are for each of those given: a sample stands for all
     * @return empty where there is nothing to tell from
     */
    public static OptionalLong of(Collection<SizedBundle> bundles, double partials, Instant now) {
        List<SizedBundle> recent = bundles.stream()
                .filter(bundle -> !bundle.id().created().isBefore(now.minus(WINDOW)))
                .filter(bundle -> !isFirstComplete(bundle.id(), bundles))
                .toList();
        Optional<Instant> oldest = bundles.stream()
                .map(bundle -> bundle.id().created())
                .filter(created -> !created.isBefore(now.minus(WINDOW)))
                .min(Comparator.naturalOrder());
        if (recent.isEmpty() || oldest.isEmpty()) {
            return OptionalLong.empty();
        }
        double bytes = recent.stream()
                .mapToDouble(bundle -> bundle.bytes() * (bundle.id().kind() == BundleKind.PARTIAL ? partials : 1))
                .sum();
        Duration span = Duration.between(oldest.get(), now);
        Duration counted = span.compareTo(SHORTEST) < 0 ? SHORTEST : span;
        boolean completes = recent.stream().anyMatch(bundle -> bundle.id().kind() == BundleKind.COMPLETE);
        // A complete that came an hour ago is the day's.
        double days = Math.max(counted.toSeconds() / 86_400.0, completes ? 1 : 0);
        return OptionalLong.of(Math.round(bytes / days));
    }

    private static boolean isFirstComplete(BundleId id, Collection<SizedBundle> bundles) {
        return id.kind() == BundleKind.COMPLETE
                && bundles.stream()
                        .map(SizedBundle::id)
                        .noneMatch(other -> other.kind() == BundleKind.COMPLETE
                                && other.source().equals(id.source())
                                && other.sequence() < id.sequence());
    }
}
