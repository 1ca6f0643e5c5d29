package io.tidemark.sender.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tidemark.bundle.Manifest.LeftOut;
import io.tidemark.cli.Console;
import io.tidemark.cli.Summary;
import io.tidemark.position.Lsn;
import io.tidemark.receipt.Receipt;
import io.tidemark.sender.partial.ModeChoice;
import io.tidemark.sender.partial.PrimaryStatus;
import io.tidemark.sender.settings.SenderSettings;
import io.tidemark.sender.state.Chain;
import io.tidemark.sender.state.ChainState;
import io.tidemark.sender.state.SenderState;
import io.tidemark.sender.state.SentBundle;
import io.tidemark.settings.CronSchedule;
import io.tidemark.text.Human;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * How far partials have come: into the outbox, to the receiver, into its database.
 *
 * @param mode how changes are found, log or watermark
 * @param modeReason why so
 * @param captured where the last partial ends
 * @param lagBytes of log between captured and applied
 * @param lagMilliseconds how old the replica's rows are
 * @param retainedWal bytes that the slot keeps back on the primary
 * @param completeNeeded why a complete is asked for
 * @param problem why the primary could not be asked
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record PartialStatus(
        @Nullable String mode,
        @Nullable String modeReason,
        @Nullable Lsn captured,
        @Nullable Lsn pushed,
        @Nullable Lsn applied,
        @Nullable Long lagBytes,
        @Nullable Long lagMilliseconds,
        @Nullable Long retainedWal,
        List<LeftOut> excluded,
        @Nullable String completeNeeded,
        @Nullable String problem,
        @Nullable Instant next) {

    static PartialStatus of(
            SenderState state, List<SentBundle> bundles, PrimaryStatus primary, Instant now, Optional<Instant> next) {
        Optional<Lsn> captured = state.chain().chain().map(Chain::to);
        SortedMap<Long, Lsn> reached = state.chain().reached();
        Optional<Lsn> pushed = bundles.stream()
                .filter(SentBundle::pushed)
                .map(bundle -> reached.get(bundle.id().sequence()))
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder());
        Optional<Lsn> applied = applied(bundles);
        return new PartialStatus(
                primary.choice().map(PartialStatus::word).orElse(null),
                primary.choice().map(ModeChoice::reason).orElse(null),
                captured.orElse(null),
                pushed.orElse(null),
                applied.orElse(null),
                captured.flatMap(to -> applied.map(at -> Math.max(0, to.value() - at.value())))
                        .orElse(null),
                applied.flatMap(at -> asOf(state, bundles, at, captured))
                        .map(time -> Duration.between(time, now).toMillis())
                        .orElse(null),
                primary.retained().orElse(null),
                primary.excluded(),
                state.chain().openRequest().map(ChainState.Request::reason).orElse(null),
                primary.problem().orElse(null),
                next.orElse(null));
    }

    /** Of an interval only the service knows when it runs out. */
    static Optional<Instant> next(SenderSettings settings, Instant now) {
        return settings.partial().schedule() instanceof CronSchedule cron
                ? cron.next(now, settings.zone())
                : Optional.empty();
    }

    private static String word(ModeChoice choice) {
        return choice.mode().name().toLowerCase(Locale.ROOT);
    }

    void print(Console console, String schedule) {
        if (mode != null) {
            Summary.line(console, "partials", "by " + mode + ": " + modeReason);
        }
        Summary.line(console, "captured", captured == null ? "no partial yet" : captured.toString());
        if (pushed != null) {
            Summary.line(console, "pushed", pushed.toString());
        }
        if (applied != null) {
            Summary.line(console, "applied", applied + lag());
        }
        if (retainedWal != null) {
            Summary.line(console, "slot", Human.bytes(retainedWal) + " of the primary's log are kept back");
        }
        excluded.forEach(table -> Summary.line(console, "completes only", table.object() + ": " + table.reason()));
        if (completeNeeded != null) {
            Summary.line(console, "complete", "needed: " + completeNeeded);
        }
        if (problem != null) {
            Summary.line(console, "primary", "not asked: " + problem);
        }
        Summary.line(console, "next partial", next == null ? schedule : Human.time(next) + " UTC");
    }

    private String lag() {
        return (lagBytes == null ? "" : ", " + Human.bytes(lagBytes) + " behind")
                + (lagMilliseconds == null
                        ? ""
                        : ", as of " + Human.duration(Duration.ofMillis(lagMilliseconds)) + " ago");
    }

    private static Optional<Lsn> applied(List<SentBundle> bundles) {
        return bundles.stream()
                .flatMap(bundle -> bundle.receipt().stream())
                .map(Receipt::position)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder());
    }

    /** When all was captured that is applied; where nothing has come since, that holds up to when somebody looked last. */
    private static Optional<Instant> asOf(
            SenderState state, List<SentBundle> bundles, Lsn applied, Optional<Lsn> captured) {
        SortedMap<Long, Lsn> reached = state.chain().reached();
        Optional<Instant> bundle = bundles.stream()
                .filter(each -> {
                    Lsn end = reached.get(each.id().sequence());
                    return end != null
                            ? end.compareTo(applied) <= 0
                            : each.receipt().map(Receipt::loaded).isPresent();
                })
                .map(each -> each.id().created())
                .max(Comparator.naturalOrder());
        boolean all = captured.filter(to -> to.compareTo(applied) <= 0).isPresent();
        Optional<Instant> looked = all ? state.chain().looked() : Optional.empty();
        return looked.isEmpty() || bundle.filter(looked.get()::isBefore).isPresent() ? bundle : looked;
    }
}
