package io.tidemark.receiver.route;

import io.tidemark.alarm.AlarmId;
import io.tidemark.alarm.Alarms;
import io.tidemark.alarm.Condition;
import io.tidemark.bundle.BundleId;
import io.tidemark.bundle.BundleKind;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.receipt.Receipt;
import io.tidemark.receiver.inbox.Imported;
import io.tidemark.text.Human;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What a round of the service means to people. */
final class LoadAlarms {
    static final String LOAD = "load";
    /** Not of one source: all meet them together. */
    private static final Set<FailureCode> OF_ALL =
            Set.of(FailureCode.DATABASE, FailureCode.DISK_FULL, FailureCode.RIGHTS);

    private final Alarms alarms;
    private final Set<String> known = new TreeSet<>();

    LoadAlarms(Alarms alarms) {
        this.alarms = alarms;
    }

    /** @param sources all that the receiver knows of */
    void tell(LoadReport report, Set<String> sources) {
        known.addAll(sources);
        Set<String> failing = outcomes(report, known);
        known.stream().filter(source -> !failing.contains(source)).forEach(source -> alarms.succeeded(LOAD, source));
        if (!failing.contains("")) {
            alarms.succeeded(LOAD);
        }
    }

    /** What came of others while a complete is staged, of which nothing is known yet: that they went well ends no incident. */
    void tellMeanwhile(LoadReport report) {
        outcomes(report, Set.of());
    }

    /**
     * @param others sources of which nothing was met is told as well
     * @return which are failing; empty text for all
     */
    private Set<String> outcomes(LoadReport report, Set<String> others) {
        Set<String> sources = new TreeSet<>(others);
        report.bundles().forEach(outcome -> sources.add(outcome.bundle().source()));
        known.addAll(sources);
        report.volumes().stream().filter(Imported::refused).forEach(this::refused);
        Set<String> failing = new HashSet<>();
        for (String source : sources) {
            source(
                    source,
                    report.bundles().stream()
                            .filter(each -> each.bundle().source().equals(source))
                            .toList(),
                    failing);
        }
        return failing;
    }

    private void refused(Imported volume) {
        quarantine(volume.volume().bundle(), "volume " + volume.volume() + " is refused: " + volume.refusal());
    }

    private void quarantine(BundleId bundle, String message) {
        alarms.raise(
                AlarmId.of(LOAD, Condition.QUARANTINE).about(bundle.source()),
                message,
                "it lies in quarantine with its reason; the next complete replaces it");
    }

    private void source(String source, List<BundleOutcome> outcomes, Set<String> failing) {
        boolean gap = false;
        for (BundleOutcome outcome : outcomes) {
            if (outcome.receipt().state() == Receipt.State.LOADED) {
                loaded(outcome);
            } else if (outcome.receipt().state() == Receipt.State.REFUSED) {
                quarantine(
                        outcome.bundle(),
                        "bundle " + outcome.bundle() + " is refused: "
                                + outcome.receipt().reason());
            } else if (outcome.held() == BundleOutcome.Held.BY_A_GAP) {
                gap = true;
                alarms.raise(
                        AlarmId.of(LOAD, Condition.GAP).about(source),
                        "bundle " + outcome.bundle() + ": " + outcome.receipt().reason(),
                        outcome.receipt().hint());
            } else if (outcome.held() == BundleOutcome.Held.NO) {
                outcome.failure().ifPresent(failure -> failed(source, outcome.bundle(), failure, failing));
            }
        }
        if (!gap) {
            alarms.clear(AlarmId.of(LOAD, Condition.GAP).about(source));
        }
    }

    private void failed(String source, BundleId bundle, TidemarkException failure, Set<String> failing) {
        String about = OF_ALL.contains(failure.code()) ? "" : source;
        failing.add(about);
        alarms.failed(
                LOAD,
                about,
                new TidemarkException(
                        failure.code(), "bundle " + bundle + ": " + failure.text(), failure.hint(), failure));
    }

    private void loaded(BundleOutcome outcome) {
        BundleId bundle = outcome.bundle();
        Receipt receipt = outcome.receipt();
        alarms.clear(AlarmId.of(LOAD, Condition.QUARANTINE).about(bundle.source()));
        alarms.clear(Intake.STRANGER);
        if (bundle.kind() == BundleKind.COMPLETE) {
            alarms.set(
                    !receipt.equal(),
                    AlarmId.of(LOAD, Condition.NOT_EQUAL).about(bundle.source()),
                    () -> "after complete " + bundle + " the replica is not proven equal",
                    "tidemark-receiver list latest tells which tables differ; the next complete proves them again");
            alarms.set(
                    outcome.repaired() > 0,
                    AlarmId.of(LOAD, Condition.REPAIRED).about(bundle.source()),
                    () -> "complete " + bundle + " repaired " + Human.count(outcome.repaired(), "row")
                            + " that partials should have brought",
                    "was a replicated table changed on the replica itself? tidemark-receiver list latest tells which");
        }
        if (bundle.kind() == BundleKind.PARTIAL || receipt.equal()) {
            alarms.done(bundle.kind().word(), summary(outcome));
        }
    }

    private static String summary(BundleOutcome outcome) {
        Receipt receipt = outcome.receipt();
        return outcome.bundle().kind().word() + " " + outcome.bundle() + " is loaded in "
                + Human.duration(Duration.ofMillis(receipt.milliseconds())) + ", "
                + Human.count(receipt.tables().size(), "table")
                + (receipt.equal() ? ", all equal to the primary" : "");
    }
}
