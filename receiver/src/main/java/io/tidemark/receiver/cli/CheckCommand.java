package io.tidemark.receiver.cli;

import io.tidemark.alarm.AlarmTrial;
import io.tidemark.check.Finding;
import io.tidemark.cli.CheckReport;
import io.tidemark.failure.TidemarkException;
import io.tidemark.receiver.check.ReceiverCheck;
import io.tidemark.receiver.settings.ReceiverSettings;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code tidemark-receiver check}. */
@Command(
        name = "check",
        description = "Try everything that the receiver needs, and report every problem at once: settings, database,"
                + " rights, folders, room.")
final class CheckCommand implements Callable<Integer> {
    @ParentCommand
    private ReceiverCommand node;

    @Option(
            names = "--alerts",
            description = "Send a real test through each channel of the alarms, and fail where one fails.")
    private boolean alerts;

    @Override
    public Integer call() {
        CheckReport report = new CheckReport(node);
        ReceiverSettings settings;
        try {
            settings = node.settings();
        } catch (TidemarkException problems) {
            return report.print(problems);
        }
        List<Finding> findings = new ArrayList<>(new ReceiverCheck(settings).findings());
        if (alerts) {
            findings.addAll(
                    new AlarmTrial(settings.watch().alarms(), ReceiverCommand.NODE, Clock.systemUTC()).findings());
        }
        return report.print(findings);
    }
}
