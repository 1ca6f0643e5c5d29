package io.tidemark.sender.cli;

import io.tidemark.Version;
import io.tidemark.alarm.AlarmDesk;
import io.tidemark.cli.ProgressLog;
import io.tidemark.cli.StopHook;
import io.tidemark.sender.settings.SenderSettings;
import io.tidemark.transfer.Pulse;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code tidemark-sender run}. */
@Command(
        name = "run",
        description = "Run the service: make completes and partials on schedule, push what waits, read receipts back.",
        footer = "Ends on SIGTERM and Ctrl-C; what was under way is done again at the next start.")
final class RunCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

    @ParentCommand
    private SenderCommand node;

    @Override
    public Integer call() {
        SenderSettings settings = node.settings();
        node.logging()
                .toFile(
                        settings.workFolder(),
                        SenderCommand.NODE,
                        settings.watch().logs(),
                        settings.secrets());
        node.logging().detailed(node.debug());
        try (AlarmDesk alarms = AlarmDesk.open(
                        settings.watch().alarms(),
                        SenderCommand.nameOf(settings),
                        settings.workFolder(),
                        Clock.systemUTC());
                SenderWork work = SenderWork.open(settings, new ProgressLog(), node.environment(), alarms)) {
            LOG.info(
                    "tidemark-sender {} runs for source {}: {} to {}, completes at \"{}\" {}",
                    Version.current(),
                    settings.source(),
                    settings.database().url(),
                    settings.remote().inbox(),
                    settings.complete().schedule(),
                    settings.zone());
            return StopHook.during(() -> serve(work), work.node()::stop);
        }
    }

    private static int serve(SenderWork work) {
        work.serve(Pulse.USUAL);
        LOG.info("tidemark-sender has stopped");
        return 0;
    }
}
