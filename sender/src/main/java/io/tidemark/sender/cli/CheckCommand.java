package io.tidemark.sender.cli;

import io.tidemark.alarm.AlarmTrial;
import io.tidemark.check.Finding;
import io.tidemark.cli.CheckReport;
import io.tidemark.failure.TidemarkException;
import io.tidemark.sender.check.SenderCheck;
import io.tidemark.sender.settings.SenderSettings;
import io.tidemark.sender.state.SentBundle;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code tidemark-sender check}. */
@Command(
        name = "check",
        description = "Try everything that the sender needs, and report every problem at once: settings, database,"
                + " rights, pg_dump, folders, room, and the remote folder with a probe file.")
final class CheckCommand implements Callable<Integer> {
    @ParentCommand
    private SenderCommand node;

    @Option(
            names = "--alerts",
            description = "Send a real test through each channel of the alarms, and fail where one fails.")
    private boolean alerts;

    @Override
    public Integer call() {
        CheckReport report = new CheckReport(node);
        SenderSettings settings;
        try {
            settings = node.settings();
        } catch (TidemarkException problems) {
            return report.print(problems);
        }
        List<Finding> findings = new ArrayList<>(new SenderCheck(settings, bundles(settings)).findings());
        if (alerts) {
            findings.addAll(new AlarmTrial(settings.watch().alarms(), SenderCommand.nameOf(settings), Clock.systemUTC())
                    .findings());
        }
        return report.print(findings);
    }

    /** None where the memory cannot be read, which the check of its folder tells. */
    private static List<SentBundle> bundles(SenderSettings settings) {
        try {
            return StateReader.bundles(settings);
        } catch (TidemarkException unreadable) {
            return List.of();
        }
    }
}
