package io.tidemark.receiver.cli;

import io.tidemark.Version;
import io.tidemark.alarm.AlarmDesk;
import io.tidemark.cli.ProgressLog;
import io.tidemark.cli.StopHook;
import io.tidemark.receiver.route.ReceiverNode;
import io.tidemark.receiver.settings.ReceiverSettings;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code tidemark-receiver run}. */
@Command(
        name = "run",
        description = "Run the service: poll the inbox, load what comes, leave receipts, file away.",
        footer = "Ends on SIGTERM and Ctrl-C; what was under way is done again at the next start.")
final class RunCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

    @ParentCommand
    private ReceiverCommand node;

    @Override
    public Integer call() {
        ReceiverSettings settings = node.settings();
        node.logging()
                .toFile(
                        settings.workFolder(),
                        ReceiverCommand.NODE,
                        settings.watch().logs(),
                        settings.secrets());
        node.logging().detailed(node.debug());
        try (AlarmDesk alarms = AlarmDesk.open(
                        settings.watch().alarms(), ReceiverCommand.NODE, settings.workFolder(), Clock.systemUTC());
                ReceiverNode receiver = node.open(settings, new ProgressLog(), alarms)) {
            LOG.info(
                    "tidemark-receiver {} runs: {} to {}",
                    Version.current(),
                    settings.inboxFolder(),
                    settings.database().url());
            return StopHook.during(() -> serve(receiver), receiver::close);
        }
    }

    private static int serve(ReceiverNode receiver) {
        try {
            receiver.run();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        LOG.info("tidemark-receiver has stopped");
        return 0;
    }
}
