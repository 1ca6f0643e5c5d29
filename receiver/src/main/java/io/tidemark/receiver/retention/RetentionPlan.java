package io.tidemark.receiver.retention;

import io.tidemark.bundle.BundleId;
import java.util.Comparator;
import java.util.List;

/** What becomes of every bundle of the archive, oldest first by source. */
public record RetentionPlan(List<Verdict> verdicts) {
    private static final Comparator<StoredBundle> ORDER = Comparator.comparing(StoredBundle::isComplete)
            .thenComparing(Comparator.comparing(StoredBundle::id).reversed());

    public RetentionPlan {
        verdicts = verdicts.stream()
                .sorted(Comparator.comparing(verdict -> verdict.bundle().id()))
                .toList();
    }

    /** @param reason why it is kept or removed, for people */
    public record Verdict(StoredBundle bundle, boolean keep, String reason) {}

    /**
     * In the order in which they are removed: the newest partials first and completes last, so that what is left restores as far as it
     * reaches wherever the removal is cut off.
     */
    List<Verdict> inOrderOfRemoval() {
        return verdicts.stream()
                .filter(verdict -> !verdict.keep())
                .sorted(Comparator.comparing(Verdict::bundle, ORDER))
                .toList();
    }

    public List<BundleId> removed() {
        return inOrderOfRemoval().stream().map(verdict -> verdict.bundle().id()).toList();
    }
}
