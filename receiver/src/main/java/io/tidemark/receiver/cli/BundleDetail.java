package io.tidemark.receiver.cli;

import io.tidemark.bundle.BundleId;
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

/** One bundle for people, table by table. */
final class BundleDetail {
    private final Console console;

    BundleDetail(Console console) {
        this.console = console;
    }

    /** @param reference what a person says of a bundle */
    void print(ReceiverCommand node, List<BundleRow> rows, String reference) throws IOException {
        BundleRow found = find(rows, reference);
        BundleRow row = new BundleList(node.settings()).withPromise(found);
        if (node.json()) {
            console.json(row);
        } else {
            print(row);
        }
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

    void print(BundleRow row) {
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
