package io.tidemark.receiver.route;

import io.tidemark.bundle.BundleId;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.receiver.inbox.Imported;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What one round of taking in and loading came to. Nothing to do is a success. */
public record LoadReport(List<Imported> volumes, List<BundleOutcome> bundles) {
    public LoadReport {
        volumes = List.copyOf(volumes);
        bundles = List.copyOf(bundles);
    }

    /** Of rounds that follow each other: of a bundle the last one counts. */
    static LoadReport of(List<LoadReport> earlier, LoadReport last) {
        List<Imported> volumes = new ArrayList<>();
        TreeMap<BundleId, BundleOutcome> bundles = new TreeMap<>();
        for (LoadReport report :
                Stream.concat(earlier.stream(), Stream.of(last)).toList()) {
            volumes.addAll(report.volumes());
            report.bundles().forEach(outcome -> bundles.put(outcome.bundle(), outcome));
        }
        return new LoadReport(volumes, List.copyOf(bundles.values()));
    }

    /**
     * The failure that matters most: of the newest bundle that was not loaded, or of a volume of none, unless a later one was loaded. A
     * refused volume matters more than a bundle that waits, most often for that volume: waiting does not mend it.
     */
    public Optional<TidemarkException> failure() {
        Optional<TidemarkException> newest = bundles.isEmpty()
                ? Optional.empty()
                : bundles.get(bundles.size() - 1).failure();
        Optional<TidemarkException> refused = volumes.stream()
                .filter(volume -> volume.refused() && !overtaken(volume.volume().bundle()))
                .reduce((earlier, later) -> later)
                .map(LoadReport::refusal);
        return newest.filter(failure -> failure.code() != FailureCode.HELD)
                .or(() -> refused)
                .or(() -> newest);
    }

    private boolean overtaken(BundleId bundle) {
        return bundles.stream()
                .filter(outcome -> outcome.failure().isEmpty())
                .map(BundleOutcome::bundle)
                .anyMatch(loaded -> loaded.source().equals(bundle.source()) && loaded.sequence() > bundle.sequence());
    }

    private static TidemarkException refusal(Imported volume) {
        return new TidemarkException(
                FailureCode.REFUSED,
                "volume " + volume.volume() + " is refused: " + volume.refusal(),
                "it lies in quarantine; the sender sends what lacks with its next bundle");
    }
}
