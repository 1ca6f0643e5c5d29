package io.tidemark.receiver.route;

import io.tidemark.alarm.AlarmId;
import io.tidemark.alarm.Alarms;
import io.tidemark.alarm.Condition;
import io.tidemark.alarm.Silence;
import io.tidemark.bundle.BundleId;
import io.tidemark.bundle.BundleKind;
import io.tidemark.failure.TidemarkException;
import io.tidemark.receipt.Receipt;
import io.tidemark.receiver.chain.SourceState;
import io.tidemark.receiver.inbox.Beats;
import io.tidemark.receiver.settings.WatchSettings;
import io.tidemark.transfer.Beat;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notices that nothing comes any more. A quiet database is none of that: its sender still beats. */
final class Watch {
    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
    /** The way over the link, and the load, take their time. */
    private static final Duration COMPLETE_ON_TOP = Duration.ofHours(3);

    private static final Duration PARTIAL_ON_TOP = Duration.ofHours(1);
    private static final String HINT =
            "is the sender's service running, and does the link work? tidemark-sender status on the other server tells";

    private final WatchSettings settings;
    private final Beats beats;
    private final Supplier<Map<String, SourceState>> ledger;
    private final Alarms alarms;
    private final Silence silence;
    private final Set<String> sources = new TreeSet<>();
    private final Map<String, Instant> looked = new HashMap<>();

    /** @param ledger how far the data of each source are; may fail */
    Watch(
            WatchSettings settings,
            Beats beats,
            Supplier<Map<String, SourceState>> ledger,
            Alarms alarms,
            Silence silence) {
        this.settings = settings;
        this.beats = beats;
        this.ledger = ledger;
        this.alarms = alarms;
        this.silence = silence;
    }

    private static AlarmId complete(String source) {
        return AlarmId.of("complete", Condition.SILENT).about(source);
    }

    private static AlarmId partial(String source) {
        return AlarmId.of("partial", Condition.SILENT).about(source);
    }

    /** What a round did. */
    synchronized void tell(LoadReport report, Set<String> known) {
        sources.addAll(known);
        for (BundleOutcome outcome : report.bundles()) {
            BundleId bundle = outcome.bundle();
            sources.add(bundle.source());
            if (outcome.receipt().state() == Receipt.State.LOADED) {
                silence.met(partial(bundle.source()));
                if (bundle.kind() == BundleKind.COMPLETE) {
                    silence.met(complete(bundle.source()));
                }
            }
        }
    }

    /** Called again and again. */
    public synchronized void look() throws IOException {
        Map<String, Beat> heard = new HashMap<>();
        beats.read().forEach(beat -> heard.put(beat.source(), beat));
        sources.addAll(heard.keySet());
        if (sources.isEmpty()) {
            expect("", Optional.empty());
        } else {
            silence.forget(complete(""));
            silence.forget(partial(""));
        }
        for (String source : sources) {
            Optional<Beat> beat = Optional.ofNullable(heard.get(source));
            expect(source, beat);
            beat.ifPresent(this::hear);
            if (alarms.isTroubled(LoadAlarms.LOAD)) {
                silence.met(complete(source));
                silence.met(partial(source));
            }
        }
        silence.look();
    }

    private void expect(String source, Optional<Beat> beat) {
        Optional<Duration> complete = settings.complete()
                .orElseGet(() -> beat.flatMap(each -> told(each.completeSeconds(), COMPLETE_ON_TOP)));
        Optional<Duration> partial =
                settings.partial().orElseGet(() -> beat.flatMap(each -> told(each.partialSeconds(), PARTIAL_ON_TOP)));
        complete.ifPresent(within -> silence.expect(complete(source), within, "no complete was loaded", HINT));
        partial.ifPresent(
                within -> silence.expect(partial(source), within, "the replica was not known to be up to date", HINT));
    }

    private static Optional<Duration> told(long seconds, Duration onTop) {
        return seconds == 0
                ? Optional.empty()
                : Optional.of(Duration.ofSeconds(seconds).plus(onTop));
    }

    /** Looking without finding is as good as a partial, where all that was found before is loaded. */
    private void hear(Beat beat) {
        if (beat.looked().equals(looked.get(beat.source()))) {
            return;
        }
        try {
            SourceState state = ledger.get().get(beat.source());
            if (state != null && Math.max(state.completeSequence(), state.partialSequence()) >= beat.sequence()) {
                looked.put(beat.source(), beat.looked());
                silence.met(partial(beat.source()));
                alarms.well("partial");
            }
        } catch (TidemarkException away) {
            LOG.debug("not known whether {} is up to date: {}", beat.source(), away.text());
        }
    }

    /** To be called when the service ends. */
    synchronized void end() {
        silence.save();
    }
}
