package io.tidemark.receiver.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tidemark.alarm.OpenAlarms;
import io.tidemark.bundle.BundleKind;
import io.tidemark.bundle.VolumeName;
import io.tidemark.cli.AlarmSummary;
import io.tidemark.cli.Console;
import io.tidemark.cli.Summary;
import io.tidemark.crash.CrashPoints;
import io.tidemark.receiver.chain.SourceState;
import io.tidemark.receiver.inbox.Inbox;
import io.tidemark.receiver.inbox.Quarantine;
import io.tidemark.receiver.postprocess.StepState;
import io.tidemark.receiver.retention.ArchiveRoom;
import io.tidemark.receiver.settings.ReceiverSettings;
import io.tidemark.receiver.status.BundleRow;
import io.tidemark.room.RoomForecast;
import io.tidemark.text.Human;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The receiver as a whole: how old the replica is for each source, what waits, what lies in quarantine. */
final class NodeStatus {
    private final ReceiverSettings settings;
    private final List<BundleRow> rows;
    private final Map<String, SourceState> states;
    private final List<StepState> steps;
    private final Instant now;

    NodeStatus(
            ReceiverSettings settings,
            List<BundleRow> rows,
            Map<String, SourceState> states,
            List<StepState> steps,
            Clock clock) {
        this.settings = settings;
        this.rows = rows;
        this.states = states;
        this.steps = steps;
        this.now = clock.instant();
    }

    void print(ReceiverCommand node) throws IOException {
        List<String> inbox = inbox();
        List<String> quarantine = new Quarantine(settings.quarantineFolder(), CrashPoints.none()).list();
        OpenAlarms alarms = OpenAlarms.read(settings.workFolder());
        Console console = node.console();
        if (node.json()) {
            console.json(new Answer(
                    newest().values().stream().map(this::source).toList(),
                    inbox,
                    waiting(),
                    quarantine,
                    alarms.alarms(),
                    alarms.undelivered(),
                    steps,
                    room().orElse(null)));
            return;
        }
        if (newest().isEmpty()) {
            Summary.line(console, "replica", "nothing was loaded yet");
        }
        newest().values().forEach(row -> print(console, source(row)));
        Summary.line(console, "inbox", inbox.isEmpty() ? "empty" : Human.count(inbox.size(), "volume"));
        StepLines.print(console, steps, now);
        room().ifPresent(forecast -> Summary.line(console, "room", forecast.text()));
        waiting().forEach(row -> Summary.line(console, row.state(), row.bundle() + ": " + row.reason()));
        Summary.line(
                console,
                "quarantine",
                quarantine.isEmpty()
                        ? "empty"
                        : Human.count(quarantine.size(), "file") + " in " + settings.quarantineFolder());
        AlarmSummary.print(console, alarms);
    }

    private static void print(Console console, Source source) {
        Summary.line(
                console,
                source.source(),
                (source.equal() ? "equal to the primary as of " : "NOT known to equal the primary, as of ")
                        + Human.time(source.asOf()) + ", "
                        + Human.duration(Duration.ofMillis(source.lagMilliseconds())) + " ago");
        Summary.line(
                console,
                "applied",
                "position " + source.position() + ", bundle "
                        + source.lastLoaded().sequence() + "; last received " + source.lastReceived());
        Summary.line(
                console,
                "proven",
                source.lastProof() == null
                        ? "no complete was found equal yet"
                        : "equal by complete " + source.lastProof().sequence() + " as of "
                                + Human.time(source.lastProof().created()));
        if (source.queue() > 0) {
            Summary.line(console, "queue", Human.count(source.queue(), "bundle"));
        }
    }

    private Optional<RoomForecast> room() throws IOException {
        return ArchiveRoom.forecast(settings.archiveFolder(), settings.lifetimes(), now);
    }

    private Duration lag(Instant asOf) {
        return Duration.between(asOf, now);
    }

    /** The newest loaded bundle of each source. */
    private Map<String, BundleRow> newest() {
        Map<String, BundleRow> newest = new LinkedHashMap<>();
        rows.stream().filter(BundleRow::isLoaded).forEach(row -> newest.put(row.source(), row));
        return newest;
    }

    /** What waits, and what was refused after the newest loaded bundle of its source. */
    private List<BundleRow> waiting() {
        Map<String, BundleRow> newest = newest();
        return rows.stream()
                .filter(row -> !row.isLoaded())
                .filter(row -> row.isWaiting()
                        || !newest.containsKey(row.source())
                        || newest.get(row.source()).sequence() < row.sequence())
                .toList();
    }

    private List<String> inbox() throws IOException {
        return Files.isDirectory(settings.inboxFolder())
                ? new Inbox(settings.inboxFolder())
                        .volumes().stream().map(VolumeName::fileName).toList()
                : List.of();
    }

    private Source source(BundleRow row) {
        List<BundleRow> own =
                rows.stream().filter(each -> each.source().equals(row.source())).toList();
        SourceState state = states.get(row.source());
        Instant asOf = state == null ? row.created() : state.asOf();
        BundleRow proof = own.stream()
                .filter(each -> each.kind().equals(BundleKind.COMPLETE.word()) && each.isLoaded() && each.equal())
                .reduce((earlier, later) -> later)
                .map(BundleRow::withoutTables)
                .orElse(null);
        return new Source(
                row.source(),
                row.withoutTables(),
                row.equal(),
                lag(asOf).toMillis(),
                state == null ? "unknown" : state.position().toString(),
                asOf,
                own.get(own.size() - 1).sequence(),
                own.stream().filter(BundleRow::isWaiting).count(),
                proof);
    }

    /**
     * How old the replica of one source is.
     *
     * @param lagMilliseconds since {@code asOf}
     * @param position where the data stand in the primary's log
     * @param asOf when the bundle was made that brought them there
     * @param lastReceived the highest sequence that came
     * @param queue how many bundles wait
     * @param lastProof the last complete after which every table equalled the primary
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Source(
            String source,
            BundleRow lastLoaded,
            boolean equal,
            long lagMilliseconds,
            String position,
            Instant asOf,
            long lastReceived,
            long queue,
            @Nullable BundleRow lastProof) {}

    /**
     * @param waiting bundles that are not loaded, and why
     * @param undelivered channels that do not deliver alarms
     * @param steps of post-processing
     * @param room of the archive; absent where the file system does not tell
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Answer(
            List<Source> sources,
            List<String> inbox,
            List<BundleRow> waiting,
            List<String> quarantine,
            List<OpenAlarms.Open> alarms,
            List<OpenAlarms.Undelivered> undelivered,
            List<StepState> steps,
            @Nullable RoomForecast room) {}
}
