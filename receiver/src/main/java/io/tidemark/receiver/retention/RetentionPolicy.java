package io.tidemark.receiver.retention;

import io.tidemark.bundle.BundleId;
import io.tidemark.receiver.retention.RetentionPlan.Verdict;
import io.tidemark.receiver.settings.Lifetimes;
import io.tidemark.text.Human;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Decides what is kept. The newest complete that was proven good stays whatever the settings say, with all that came after it: it is what
 * can be restored, what the next complete is merged against, and what the sender counts on.
 */
public final class RetentionPolicy {
    private final Lifetimes lifetimes;

    public RetentionPolicy(Lifetimes lifetimes) {
        this.lifetimes = lifetimes;
    }

    public RetentionPlan plan(Collection<StoredBundle> bundles, Instant now) {
        Map<String, List<StoredBundle>> sources = bundles.stream()
                .collect(Collectors.groupingBy(bundle -> bundle.id().source(), TreeMap::new, Collectors.toList()));
        List<Verdict> verdicts = new ArrayList<>();
        sources.values().forEach(source -> verdicts.addAll(source(source, now)));
        return new RetentionPlan(verdicts);
    }

    private List<Verdict> source(List<StoredBundle> bundles, Instant now) {
        List<StoredBundle> good = bundles.stream()
                .filter(bundle -> bundle.isComplete() && bundle.good())
                .sorted(Comparator.comparing(StoredBundle::id))
                .toList();
        Optional<StoredBundle> last = good.isEmpty() ? Optional.empty() : Optional.of(good.get(good.size() - 1));
        Map<BundleId, String> counted = CalendarKeep.of(good, lifetimes);
        return bundles.stream()
                .map(bundle -> verdict(bundle, last, counted, now))
                .toList();
    }

    private Verdict verdict(
            StoredBundle bundle, Optional<StoredBundle> last, Map<BundleId, String> counted, Instant now) {
        if (bundle.inUse()) {
            return keep(bundle, "it is being verified, exported or restored");
        }
        Optional<String> chain = last.isEmpty()
                ? Optional.of("no complete of its source has been proven good yet")
                : chain(bundle, last.get());
        if (chain.isPresent()) {
            return keep(bundle, chain.get());
        }
        return bundle.isComplete() ? complete(bundle, counted, now) : partial(bundle, now);
    }

    private static Optional<String> chain(StoredBundle bundle, StoredBundle last) {
        if (bundle.id().equals(last.id())) {
            return Optional.of("the last complete that was proven good");
        }
        boolean after = (bundle.id().sequence() > last.id().sequence())
                || (!bundle.isComplete() && bundle.position().compareTo(last.position()) > 0);
        return after
                ? Optional.of("after complete " + last.id().sequence() + ", the last one that was proven good")
                : Optional.empty();
    }

    private Verdict complete(StoredBundle bundle, Map<BundleId, String> counted, Instant now) {
        if (!lifetimes.limitsCompletes()) {
            return keep(bundle, "neither lifetime.complete nor keep.daily, keep.weekly, keep.monthly is set");
        }
        Optional<Duration> lifetime = lifetimes.complete();
        if (lifetime.isPresent() && isWithin(bundle, lifetime.get(), now)) {
            return keep(bundle, "loaded within lifetime.complete, " + Human.duration(lifetime.get()));
        }
        String kept = counted.get(bundle.id());
        if (kept != null) {
            return keep(bundle, kept);
        }
        String why = lifetime.map(limit -> "loaded longer ago than lifetime.complete, " + Human.duration(limit))
                .orElse("kept by none of keep.daily, keep.weekly, keep.monthly");
        return remove(bundle, bundle.good() ? why : why + "; never proven good");
    }

    private Verdict partial(StoredBundle bundle, Instant now) {
        if (lifetimes.partial().isEmpty()) {
            return keep(bundle, "lifetime.partial is not set");
        }
        Duration limit = lifetimes.partial().get();
        return isWithin(bundle, limit, now)
                ? keep(bundle, "loaded within lifetime.partial, " + Human.duration(limit))
                : remove(bundle, "loaded longer ago than lifetime.partial, " + Human.duration(limit));
    }

    private static boolean isWithin(StoredBundle bundle, Duration lifetime, Instant now) {
        return !bundle.since().plus(lifetime).isBefore(now);
    }

    private static Verdict keep(StoredBundle bundle, String reason) {
        return new Verdict(bundle, true, reason);
    }

    private static Verdict remove(StoredBundle bundle, String reason) {
        return new Verdict(bundle, false, reason);
    }
}
