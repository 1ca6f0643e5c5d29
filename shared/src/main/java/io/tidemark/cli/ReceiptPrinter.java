package io.tidemark.cli;

import io.tidemark.receipt.Receipt;
import io.tidemark.text.Human;
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
            ResultTable.of(receipt.tables()).lines().forEach(console::line);
        }
    }

    private static String took(Receipt receipt) {
        return receipt.loaded() == null ? "" : " in " + Human.duration(Duration.ofMillis(receipt.milliseconds()));
    }

    private static String time(@Nullable Instant time) {
        return time == null ? "no" : Human.time(time);
    }
}
