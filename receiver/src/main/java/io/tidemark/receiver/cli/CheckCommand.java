package io.tidemark.receiver.cli;

import io.tidemark.cli.CheckReport;
import io.tidemark.failure.TidemarkException;
import io.tidemark.receiver.check.ReceiverCheck;
import io.tidemark.receiver.settings.ReceiverSettings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code tidemark-receiver check}. */
@Command(
        name = "check",
        description = "Try everything that the receiver needs, and report every problem at once: settings, database,"
                + " rights, folders, room.")
final class CheckCommand implements Callable<Integer> {
    @ParentCommand
    private ReceiverCommand node;

    @Override
    public Integer call() {
        CheckReport report = new CheckReport(node);
        ReceiverSettings settings;
        try {
            settings = node.settings();
        } catch (TidemarkException problems) {
            return report.print(problems);
        }
        return report.print(new ReceiverCheck(settings).findings());
    }
}
