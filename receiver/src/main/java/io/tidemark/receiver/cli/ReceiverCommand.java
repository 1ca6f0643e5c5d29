package io.tidemark.receiver.cli;

import io.tidemark.alarm.Alarms;
import io.tidemark.cli.CommandRunner;
import io.tidemark.cli.Console;
import io.tidemark.cli.NodeCommand;
import io.tidemark.crash.CrashPoints;
import io.tidemark.progress.Progress;
import io.tidemark.receiver.route.ReceiverNode;
import io.tidemark.receiver.settings.ReceiverSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The program {@code tidemark-receiver}. */
@Command(
        name = "tidemark-receiver",
        description = "Takes bundles in, verifies them, loads them into the analytics database, and keeps them.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        sortOptions = false)
public final class ReceiverCommand extends NodeCommand {
    static final String NODE = "receiver";

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            defaultValue = "/etc/tidemark/receiver.properties",
            scope = ScopeType.INHERIT,
            order = -4,
            description = "The settings. Default: ${DEFAULT-VALUE}")
    private Path config;

    private ReceiverCommand(Console console, Map<String, String> environment) {
        super(console, environment);
    }

    public static CommandLine commandLine(Console console, Map<String, String> environment) {
        return CommandRunner.commandLine(
                new ReceiverCommand(console, environment),
                List.of(
                        new RunCommand(),
                        new LoadCommand(),
                        new StatusCommand(),
                        new ListCommand(),
                        new CheckCommand(),
                        new VerifyCommand(),
                        new ExpireCommand(),
                        new ExportCommand(),
                        new RestoreCommand()));
    }

    /** @return the exit code */
    public static int run(Map<String, String> environment, String... arguments) {
        Console console = Console.ofProcess(environment);
        return CommandRunner.run(console, commandLine(console, environment), arguments);
    }

    ReceiverSettings settings() {
        logging();
        return ReceiverSettings.read(config, environment());
    }

    /** For a step that works in the work folder: its log goes there, too. */
    ReceiverSettings stepSettings() {
        ReceiverSettings settings = settings();
        logging().toFile(settings.workFolder(), NODE, settings.watch().logs(), settings.secrets());
        if (!console().isWatched()) {
            logging().detailed(debug());
        }
        return settings;
    }

    /** For a command, whose exit code tells: it alarms nobody. */
    ReceiverNode open(ReceiverSettings settings, Progress progress) {
        return open(settings, progress, Alarms.none());
    }

    ReceiverNode open(ReceiverSettings settings, Progress progress, Alarms alarms) {
        CrashPoints crashPoints = CrashPoints.of(environment().getOrDefault(CrashPoints.VARIABLE, ""));
        return new ReceiverNode(settings, Clock.systemUTC(), progress, crashPoints, alarms);
    }
}
