package io.tidemark.receiver.cli;

import io.tidemark.cli.TextTable;
import io.tidemark.receiver.status.BundleList;
import io.tidemark.receiver.status.BundleRow;
import io.tidemark.text.Human;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code tidemark-receiver list}. */
@Command(name = "list", description = "List the bundles that came, oldest first, with what became of each.")
final class ListCommand implements Callable<Integer> {
    @ParentCommand
    private ReceiverCommand node;

    @Parameters(
            arity = "0..1",
            paramLabel = "BUNDLE",
            description = "A bundle's name, its number, or latest: tell what it changed in each table.")
    private @Nullable String reference;

    @Override
    public Integer call() throws IOException {
        List<BundleRow> rows = new BundleList(node.settings()).rows();
        if (reference != null) {
            new BundleDetail(node.console()).print(node, rows, reference);
        } else if (node.json()) {
            node.console().json(rows.stream().map(BundleRow::withoutTables).toList());
        } else if (rows.isEmpty()) {
            node.console().line("no bundles yet");
        } else {
            table(rows).lines().forEach(node.console()::line);
        }
        return 0;
    }

    private static TextTable table(List<BundleRow> rows) {
        TextTable table = new TextTable(
                "BUNDLE",
                "KIND",
                "RECEIVED (UTC)",
                "LOADED",
                ">TOOK",
                ">ROWS",
                ">INSERTED",
                ">UPDATED",
                ">DELETED",
                "STATE",
                "EQUAL",
                "ARCHIVED");
        for (BundleRow row : rows) {
            boolean loaded = row.isLoaded();
            table.row(
                    row.bundle(),
                    row.kind(),
                    time(row.received()),
                    time(row.loaded()),
                    loaded ? Human.duration(Duration.ofMillis(row.milliseconds())) : "-",
                    loaded ? Human.count(row.rows()) : "-",
                    loaded ? Human.count(row.inserted()) : "-",
                    loaded ? Human.count(row.updated()) : "-",
                    loaded ? Human.count(row.deleted()) : "-",
                    row.state(),
                    !loaded ? "-" : row.equal() ? "yes" : "NO",
                    row.archived() ? "yes" : "-");
        }
        return table;
    }

    private static String time(@Nullable Instant time) {
        return time == null ? "-" : Human.time(time);
    }
}
