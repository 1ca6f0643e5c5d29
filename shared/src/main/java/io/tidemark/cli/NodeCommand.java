package io.tidemark.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** A node's program: the options that all its commands take, and what they run with. */
public abstract class NodeCommand implements Runnable {
    @Option(
            names = "--json",
            scope = ScopeType.INHERIT,
            order = -3,
            description = "Print the result as one JSON value on standard output.")
    private boolean json;

    @Option(names = "--debug", scope = ScopeType.INHERIT, order = -2, description = "Show where a failure came from.")
    private boolean debug;

    @Spec
    private CommandSpec spec;

    private final Console console;
    private final Map<String, String> environment;
    private @Nullable Logging logging;

    protected NodeCommand(Console console, Map<String, String> environment) {
        this.console = console;
        this.environment = environment;
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "a command is missing");
    }

    public final Console console() {
        return console;
    }

    public final Map<String, String> environment() {
        return environment;
    }

    public final boolean json() {
        return json;
    }

    public final boolean debug() {
        return debug;
    }

    public final Logging logging() {
        if (logging == null) {
            logging = Logging.start(console);
        }
        return logging;
    }

    final FailureReport failures() {
        return new FailureReport(console, json, debug, logging().file());
    }
}
