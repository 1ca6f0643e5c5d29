package io.tidemark.sender.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tidemark.alarm.OpenAlarms;
import io.tidemark.bundle.BundleKind;
import io.tidemark.cli.AlarmSummary;
import io.tidemark.cli.Console;
import io.tidemark.cli.Summary;
import io.tidemark.receipt.Receipt;
import io.tidemark.sender.complete.CompleteRoom;
import io.tidemark.sender.media.MediaTrouble.Trouble;
import io.tidemark.sender.route.LinkResult;
import io.tidemark.sender.settings.SenderSettings;
import io.tidemark.sender.state.BundleState;
import io.tidemark.sender.state.SentBundle;
import io.tidemark.text.Human;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The sender as a whole: what was sent last, what the receiver made of it, what waits, what comes next. */
final class NodeStatus {
    private final SenderSettings settings;
    private final List<SentBundle> bundles;
    private final Optional<PartialStatus> partials;
    private final Optional<LinkResult> link;
    private final OpenAlarms alarms;
    private final List<Trouble> media;
    private final Instant now;

    NodeStatus(
            SenderSettings settings,
            List<SentBundle> bundles,
            Optional<PartialStatus> partials,
            Optional<LinkResult> link,
            List<Trouble> media,
            Instant now) {
        this.settings = settings;
        this.bundles = bundles;
        this.partials = partials;
        this.link = link;
        this.alarms = OpenAlarms.read(settings.workFolder());
        this.media = media;
        this.now = now;
    }

    void print(SenderCommand node) {
        if (node.json()) {
            node.console().json(answer());
            return;
        }
        Console console = node.console();
        Summary.line(console, "source", settings.source());
        Summary.line(
                console,
                "last complete",
                last(bundle -> bundle.state() == BundleState.SEALED && isComplete(bundle))
                        .map(this::sealed)
                        .orElse("none yet"));
        Summary.line(
                console,
                "receiver",
                last(bundle -> isLoaded(bundle) && isComplete(bundle))
                        .map(this::loaded)
                        .orElse("no receipt of a complete yet"));
        Summary.line(console, "outbox", waiting().isEmpty() ? "empty" : outbox());
        bundles.stream()
                .filter(bundle -> bundle.state() == BundleState.CAPTURING)
                .forEach(bundle ->
                        Summary.line(console, "unfinished", bundle.id().name()));
        partials.ifPresent(partial -> partial.print(console, settings.partial().text()));
        media.forEach(trouble -> {
            Summary.line(console, "MEDIA", trouble.text() + ", since " + Human.time(trouble.since()));
            Summary.line(console, "hint", trouble.hint());
        });
        Summary.line(console, "next complete", next().map(this::inFuture).orElse("never"));
        room().ifPresent(room -> Summary.line(console, "room", room.text()));
        link.ifPresent(result -> Summary.line(console, "link check", words(result)));
        AlarmSummary.print(console, alarms);
    }

    private Optional<CompleteRoom> room() {
        return CompleteRoom.of(settings, bundles, now);
    }

    private String words(LinkResult result) {
        return (result.ok() ? "ok in " + result.milliseconds() + " ms" : "FAILED") + ", " + ago(result.at())
                + (result.ok() ? "" : ": " + result.message() + " (hint: " + result.hint() + ")");
    }

    /** After a step that let rows go without their media. */
    static void tell(List<Trouble> media, Console console) {
        media.forEach(trouble -> {
            console.aside(trouble.text());
            console.aside("hint: " + trouble.hint());
        });
    }

    private String sealed(SentBundle bundle) {
        return bundle.id().name() + ", " + ago(bundle.id().created()) + ", " + Human.bytes(bundle.bytes());
    }

    private String loaded(SentBundle bundle) {
        boolean equal = bundle.receipt().map(Receipt::equal).orElse(false);
        return "equal to the primary as of " + Human.time(bundle.id().created()) + ", "
                + ago(bundle.id().created()) + (equal ? "" : ", but NOT every table is proven equal") + " ("
                + bundle.id().sequence() + ")";
    }

    private String outbox() {
        long bytes = waiting().stream().mapToLong(SentBundle::bytes).sum();
        return Human.count(waiting().size(), "bundle") + ", " + Human.bytes(bytes) + " in all, not wholly pushed";
    }

    private List<SentBundle> waiting() {
        return bundles.stream()
                .filter(bundle -> bundle.state() == BundleState.SEALED && !bundle.pushed())
                .toList();
    }

    private Optional<SentBundle> last(java.util.function.Predicate<SentBundle> which) {
        return bundles.stream().filter(which).reduce((before, after) -> after);
    }

    private static boolean isComplete(SentBundle bundle) {
        return bundle.id().kind() == BundleKind.COMPLETE;
    }

    private static boolean isLoaded(SentBundle bundle) {
        return bundle.receipt()
                .filter(receipt -> receipt.state() == Receipt.State.LOADED)
                .isPresent();
    }

    private Optional<Instant> next() {
        return settings.complete().schedule().next(now, settings.zone());
    }

    private String ago(Instant time) {
        return Human.duration(Duration.between(time, now)) + " ago";
    }

    private String inFuture(Instant time) {
        return Human.time(time) + " UTC, in " + Human.duration(Duration.between(now, time));
    }

    private Answer answer() {
        Optional<SentBundle> loaded = last(NodeStatus::isLoaded);
        return new Answer(
                settings.source(),
                last(bundle -> bundle.state() == BundleState.SEALED)
                        .map(SentRow::of)
                        .map(SentRow::withoutTables)
                        .orElse(null),
                loaded.map(SentRow::of).map(SentRow::withoutTables).orElse(null),
                loaded.flatMap(SentBundle::receipt).map(Receipt::equal).orElse(false),
                loaded.map(bundle ->
                                Duration.between(bundle.id().created(), now).toMillis())
                        .orElse(null),
                waiting().stream().map(bundle -> bundle.id().name()).toList(),
                next().orElse(null),
                partials.orElse(null),
                link.orElse(null),
                room().orElse(null),
                alarms.alarms(),
                alarms.undelivered(),
                media);
    }

    /**
     * @param equal whether every table was proven equal at the last loaded bundle
     * @param linkCheck what came of the last one; absent before the first
     * @param room of the outbox
     * @param undelivered channels that do not deliver alarms
     * @param lagMilliseconds how old the primary's state is that the receiver has
     * @param media why they do not travel as they should; empty where they do
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Answer(
            String source,
            @Nullable SentRow lastSealed,
            @Nullable SentRow lastLoaded,
            boolean equal,
            @Nullable Long lagMilliseconds,
            List<String> waiting,
            @Nullable Instant nextComplete,
            @Nullable PartialStatus partials,
            @Nullable LinkResult linkCheck,
            @Nullable CompleteRoom room,
            List<OpenAlarms.Open> alarms,
            List<OpenAlarms.Undelivered> undelivered,
            List<Trouble> media) {}
}
