package io.tidemark.cli;

import io.tidemark.Version;
import io.tidemark.failure.FailureCode;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Runs a command line to its exit code. */
public final class CommandRunner {
    private static final int HELP_WIDTH = 100;

    private CommandRunner() {}

    /** @param commands the node's own commands */
    public static CommandLine commandLine(NodeCommand node, List<Object> commands) {
        CommandLine line = new CommandLine(node);
        commands.forEach(line::addSubcommand);
        line.addSubcommand(new AutoComplete.GenerateCompletion());
        CommandLine completion = Objects.requireNonNull(line.getSubcommands().get("generate-completion"));
        completion.getCommandSpec().usageMessage().description("Print a completion script for bash and zsh.");
        line.getCommandSpec().version(line.getCommandName() + " " + Version.current());
        line.getCommandSpec()
                .usageMessage()
                .exitCodeListHeading("Exit codes of all commands:%n")
                .exitCodeList(ExitCodes.byNumber());
        line.setUsageHelpWidth(HELP_WIDTH);
        line.setAbbreviatedOptionsAllowed(false);
        line.setOut(new PrintWriter(node.console().out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(node.console().err(), true, StandardCharsets.UTF_8));
        line.setParameterExceptionHandler((problem, arguments) -> usage(node, problem));
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            node.console().close();
            return node.failures().print(failure);
        });
        return line;
    }

    /** @return the exit code */
    public static int run(Console console, CommandLine line, String... arguments) {
        try (console) {
            return line.execute(arguments);
        } finally {
            StopHook.commandEnded();
        }
    }

    private static int usage(NodeCommand node, ParameterException problem) {
        CommandLine command = problem.getCommandLine();
        String message = String.valueOf(problem.getMessage());
        node.console().aside(message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1));
        String hint = command.getCommandSpec().qualifiedName() + " --help";
        if (problem instanceof UnmatchedArgumentException unmatched
                && !unmatched.getSuggestions().isEmpty()) {
            hint = "did you mean " + unmatched.getSuggestions().get(0) + "? " + hint + " tells more";
        }
        node.console().aside("hint: " + hint);
        return FailureCode.USAGE.exitCode();
    }
}
