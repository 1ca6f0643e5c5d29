package io.tidemark.sender.cli;

import io.tidemark.alarm.Alarms;
import io.tidemark.cli.CommandRunner;
import io.tidemark.cli.Console;
import io.tidemark.cli.NodeCommand;
import io.tidemark.sender.settings.SenderSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The program {@code tidemark-sender}. */
@Command(
        name = "tidemark-sender",
        description = "Captures the primary's database and media into bundles, and pushes them to the receiver.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        sortOptions = false)
public final class SenderCommand extends NodeCommand {
    static final String NODE = "sender";

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            defaultValue = "/etc/tidemark/sender.properties",
            scope = ScopeType.INHERIT,
            order = -4,
            description = "The settings. Default: ${DEFAULT-VALUE}")
    private Path config;

    private SenderCommand(Console console, Map<String, String> environment) {
        super(console, environment);
    }

    public static CommandLine commandLine(Console console, Map<String, String> environment) {
        return CommandRunner.commandLine(
                new SenderCommand(console, environment),
                List.of(
                        new RunCommand(),
                        new CompleteCommand(),
                        new PartialCommand(),
                        new PushCommand(),
                        new StatusCommand(),
                        new ListCommand(),
                        new CheckCommand(),
                        new UninstallCommand()));
    }

    /** @return the exit code */
    public static int run(Map<String, String> environment, String... arguments) {
        Console console = Console.ofProcess(environment);
        return CommandRunner.run(console, commandLine(console, environment), arguments);
    }

    SenderSettings settings() {
        logging();
        return SenderSettings.read(config, environment());
    }

    /** For a step that works in the work folder: its log goes there, too. */
    SenderSettings stepSettings() {
        SenderSettings settings = settings();
        logging().toFile(settings.workFolder(), NODE, settings.watch().logs(), settings.secrets());
        if (!console().isWatched()) {
            logging().detailed(debug());
        }
        return settings;
    }

    /** As alarms name this node. */
    static String nameOf(SenderSettings settings) {
        return "sender of " + settings.source();
    }

    /** For a command, whose exit code tells: it alarms nobody. */
    SenderWork open(SenderSettings settings) {
        return SenderWork.open(settings, console().progress(), environment(), Alarms.none());
    }
}
