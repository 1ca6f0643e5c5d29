package io.tidemark.cli;

import io.tidemark.receipt.Receipt;
import io.tidemark.receipt.Receipt.TableResult;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Prints a receipt for people: what became of the bundle, table by table. */
public final class ReceiptPrinter {
    private final Console console;

    public ReceiptPrinter(Console console) {
        this.console = console;
    }

    public void print(Receipt receipt) {
        Summary.line(console, "received", time(receipt.received()));
        Summary.line(console, "loaded", time(receipt.loaded()) + took(receipt));
        if (!receipt.reason().isEmpty()) {
            Summary.line(console, "reason", receipt.reason());
            Summary.line(console, "hint", receipt.hint());
        }
        if (!receipt.missing().isEmpty()) {
            String more = receipt.missingMore() ? " and more" : "";
            Summary.line(console, "missing", Human.count(receipt.missing().size(), "content") + more);
        }
        if (!receipt.tables().isEmpty()) {
            Summary.line(console, "equal", receipt.equal() ? "yes, every table" : "NO");
            console.line("");
            tables(receipt).lines().forEach(console::line);
        }
    }

    private static TextTable tables(Receipt receipt) {
        TextTable table = new TextTable("TABLE", ">ROWS", ">INSERTED", ">UPDATED", ">DELETED", "EQUAL", "PROVEN BY");
        for (TableResult result : receipt.tables()) {
            table.row(
                    result.schema() + "." + result.name(),
                    Human.count(result.rows()),
                    Human.count(result.inserted()),
                    Human.count(result.updated()),
                    Human.count(result.deleted()),
                    result.equal() ? "yes" : "NO",
                    result.proof());
        }
        return table;
    }

    private static String took(Receipt receipt) {
        return receipt.loaded() == null ? "" : " in " + Human.duration(Duration.ofMillis(receipt.milliseconds()));
    }

    private static String time(@Nullable Instant time) {
        return time == null ? "no" : Human.time(time);
    }
}
