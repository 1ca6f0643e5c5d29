package io.tidemark.receiver.cli;

import io.tidemark.cli.Console;
import io.tidemark.cli.TextTable;
import io.tidemark.receiver.retention.ExpiryReport;
import io.tidemark.receiver.retention.RetentionPlan;
import io.tidemark.receiver.route.ReceiverNode;
import io.tidemark.receiver.settings.ReceiverSettings;
import io.tidemark.text.Human;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code tidemark-receiver expire}. */
@Command(
        name = "expire",
        description = "Remove bundles that have outlived their lifetime, contents that no bundle names any more, and"
                + " old receipts and refused things.",
        footer = "The last complete that was proven good, and all that came after it, always stay.")
final class ExpireCommand implements Callable<Integer> {
    @ParentCommand
    private ReceiverCommand node;

    @Option(names = "--dry-run", description = "Remove nothing; tell of each bundle whether it is kept, and why.")
    private boolean dryRun;

    @Override
    public Integer call() {
        ReceiverSettings settings = node.stepSettings();
        try (ReceiverNode receiver = node.open(settings, node.console().progress())) {
            ExpiryReport report = receiver.expire(dryRun);
            node.console().close();
            if (node.json()) {
                node.console().json(answer(report));
            } else {
                print(node.console(), report);
            }
            return 0;
        }
    }

    private void print(Console console, ExpiryReport report) {
        List<RetentionPlan.Verdict> verdicts = report.plan().verdicts();
        TextTable table = new TextTable("BUNDLE", dryRun ? "WOULD" : "", "WHY");
        verdicts.stream()
                .filter(verdict -> dryRun || !verdict.keep())
                .forEach(verdict -> table.row(verdict.bundle().id().name(), word(verdict), verdict.reason()));
        if (dryRun ? !verdicts.isEmpty() : !report.plan().removed().isEmpty()) {
            table.lines().forEach(console::line);
        }
        String would = dryRun ? "would remove " : "removed ";
        console.line(would + Human.count(report.plan().removed().size(), "bundle") + ", "
                + Human.count(report.swept().contents(), "content") + " ("
                + Human.bytes(report.swept().bytes())
                + "), " + Human.count(report.refused().size(), "refused thing") + ", "
                + Human.count(report.receipts(), "receipt"));
        if (!report.swept().postponed().isEmpty()) {
            console.line("contents stay for now: " + report.swept().postponed());
        }
    }

    private String word(RetentionPlan.Verdict verdict) {
        return verdict.keep() ? "keep" : dryRun ? "remove" : "removed";
    }

    private Answer answer(ExpiryReport report) {
        return new Answer(
                dryRun,
                report.plan().verdicts().stream().map(Row::of).toList(),
                report.swept().contents(),
                report.swept().bytes(),
                report.swept().postponed(),
                report.refused(),
                report.receipts());
    }

    /**
     * @param postponed why contents were not looked for; empty where they were
     * @param refused names of what leaves the quarantine
     */
    record Answer(
            boolean dryRun,
            List<Row> bundles,
            long contents,
            long bytes,
            String postponed,
            List<String> refused,
            long receipts) {}

    /** @param since when it was loaded */
    record Row(String bundle, String kind, Instant since, boolean good, boolean keep, String reason) {
        static Row of(RetentionPlan.Verdict verdict) {
            return new Row(
                    verdict.bundle().id().name(),
                    verdict.bundle().id().kind().word(),
                    verdict.bundle().since(),
                    verdict.bundle().good(),
                    verdict.keep(),
                    verdict.reason());
        }
    }
}
