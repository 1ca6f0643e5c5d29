package io.tidemark.receiver.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tidemark.bundle.VolumeName;
import io.tidemark.cli.Console;
import io.tidemark.cli.Summary;
import io.tidemark.crash.CrashPoints;
import io.tidemark.receiver.inbox.Inbox;
import io.tidemark.receiver.inbox.Quarantine;
import io.tidemark.receiver.settings.ReceiverSettings;
import io.tidemark.receiver.status.BundleRow;
import io.tidemark.text.Human;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The receiver as a whole: how old the replica is for each source, what waits, what lies in quarantine. */
final class NodeStatus {
    private final ReceiverSettings settings;
    private final List<BundleRow> rows;
    private final Instant now;

    NodeStatus(ReceiverSettings settings, List<BundleRow> rows, Clock clock) {
        this.settings = settings;
        this.rows = rows;
        this.now = clock.instant();
    }

    void print(ReceiverCommand node) throws IOException {
        List<String> inbox = inbox();
        List<String> quarantine = new Quarantine(settings.quarantineFolder(), CrashPoints.none()).list();
        Console console = node.console();
        if (node.json()) {
            console.json(
                    new Answer(newest().values().stream().map(this::source).toList(), inbox, waiting(), quarantine));
            return;
        }
        if (newest().isEmpty()) {
            Summary.line(console, "replica", "nothing was loaded yet");
        }
        newest().values().forEach(row -> Summary.line(console, row.source(), equality(row)));
        Summary.line(console, "inbox", inbox.isEmpty() ? "empty" : Human.count(inbox.size(), "volume"));
        waiting().forEach(row -> Summary.line(console, row.state(), row.bundle() + ": " + row.reason()));
        Summary.line(
                console,
                "quarantine",
                quarantine.isEmpty()
                        ? "empty"
                        : Human.count(quarantine.size(), "file") + " in " + settings.quarantineFolder());
    }

    private String equality(BundleRow row) {
        return (row.equal() ? "equal to the primary as of " : "NOT proven equal to the primary, as of ")
                + Human.time(row.created()) + ", " + Human.duration(lag(row)) + " ago (bundle " + row.sequence() + ")";
    }

    private Duration lag(BundleRow row) {
        return Duration.between(row.created(), now);
    }

    /** The newest loaded bundle of each source. */
    private Map<String, BundleRow> newest() {
        Map<String, BundleRow> newest = new LinkedHashMap<>();
        rows.stream().filter(BundleRow::isLoaded).forEach(row -> newest.put(row.source(), row));
        return newest;
    }

    /** What came after the newest loaded bundle of its source and is not loaded. */
    private List<BundleRow> waiting() {
        Map<String, BundleRow> newest = newest();
        return rows.stream()
                .filter(row -> !row.isLoaded())
                .filter(row -> !newest.containsKey(row.source())
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
        return new Source(row.source(), row.withoutTables(), row.equal(), lag(row).toMillis());
    }

    /** How old the replica of one source is. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Source(String source, BundleRow lastLoaded, boolean equal, long lagMilliseconds) {}

    /** @param waiting bundles that came after the last loaded one of their source, and why they are not loaded */
    record Answer(List<Source> sources, List<String> inbox, List<BundleRow> waiting, List<String> quarantine) {}
}
