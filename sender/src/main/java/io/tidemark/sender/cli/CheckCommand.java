package io.tidemark.sender.cli;

import io.tidemark.cli.CheckReport;
import io.tidemark.failure.TidemarkException;
import io.tidemark.sender.check.SenderCheck;
import io.tidemark.sender.settings.SenderSettings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code tidemark-sender check}. */
@Command(
        name = "check",
        description = "Try everything that the sender needs, and report every problem at once: settings, database,"
                + " rights, pg_dump, folders, room, and the remote folder with a probe file.")
final class CheckCommand implements Callable<Integer> {
    @ParentCommand
    private SenderCommand node;

    @Override
    public Integer call() {
        CheckReport report = new CheckReport(node);
        SenderSettings settings;
        try {
            settings = node.settings();
        } catch (TidemarkException problems) {
            return report.print(problems);
        }
        return report.print(new SenderCheck(settings).findings());
    }
}
