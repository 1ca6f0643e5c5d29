package io.tidemark.receiver.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tidemark.bundle.BundleId;
import io.tidemark.bundle.Manifest;
import io.tidemark.cli.BundleReference;
import io.tidemark.cli.Console;
import io.tidemark.cli.ResultTable;
import io.tidemark.cli.Summary;
import io.tidemark.receiver.status.BundleList;
import io.tidemark.receiver.status.BundleRow;
import io.tidemark.text.Human;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One bundle for people, table by table. */
final class BundleDetail {
    private final Console console;

    BundleDetail(Console console) {
        this.console = console;
    }

    /** @param reference what a person says of a bundle */
    void print(ReceiverCommand node, List<BundleRow> rows, String reference) throws IOException {
        BundleRow found = find(rows, reference);
        BundleList list = new BundleList(node.settings());
        BundleRow row = list.withPromise(found);
        Optional<Manifest.Media> media = list.media(row).filter(Manifest.Media::managed);
        if (node.json()) {
            console.json(new Answer(row, media.orElse(null)));
        } else {
            print(row, media);
        }
    }

    /** @param media what it says of media files; absent where it says nothing, or lies here no more */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Answer(@JsonUnwrapped BundleRow bundle, Manifest.@Nullable Media media) {}

    private static String text(Manifest.Media media) {
        String files = Human.count(media.files(), "file") + ", " + Human.bytes(media.bytes());
        return media.removed() == null ? files : files + " new or changed, " + Human.count(media.gone()) + " removed";
    }

    private static BundleRow find(List<BundleRow> rows, String reference) {
        List<BundleId> bundles = rows.stream()
                .map(row -> BundleId.parse(row.bundle()))
                .flatMap(Optional::stream)
                .toList();
        BundleId meant = new BundleReference(reference).among(bundles);
        return rows.stream()
                .filter(row -> row.bundle().equals(meant.name()))
                .findFirst()
                .orElseThrow();
    }

    private void print(BundleRow row, Optional<Manifest.Media> media) {
        Summary.line(console, "bundle", row.bundle());
        Summary.line(console, "created", Human.time(row.created()));
        if (row.received() != null) {
            Summary.line(console, "received", Human.time(row.received()));
        }
        Summary.line(console, "state", row.state());
        if (row.loaded() != null) {
            Summary.line(
                    console,
                    "loaded",
                    Human.time(row.loaded()) + " in " + Human.duration(Duration.ofMillis(row.milliseconds())));
            Summary.line(console, "changed", changes(row));
            Summary.line(console, "equal", row.equal() ? "yes, every table" : "NO");
        } else {
            Summary.line(console, "reason", row.reason());
            Summary.line(console, "hint", row.hint());
        }
        media.ifPresent(files -> Summary.line(console, "media", text(files)));
        Summary.line(console, "archived", row.archived() ? "yes" : "no");
        if (!row.tables().isEmpty()) {
            console.line("");
            ResultTable.of(row.tables()).lines().forEach(console::line);
        }
    }

    static String changes(BundleRow row) {
        return Human.count(row.inserted(), "row") + " inserted, " + Human.count(row.updated()) + " updated, "
                + Human.count(row.deleted()) + " deleted; " + Human.count(row.rows(), "row") + " in all";
    }
}
