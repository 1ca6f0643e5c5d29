package io.tidemark.receiver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.cli.Console;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The golden files are what people read; a change of them is a change of what the program promises. */
class HelpTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void theProgramListsItsCommands() throws IOException {
        assertThat(help("--help")).isEqualTo(golden("help.txt"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "status", "list", "check", "load", "verify", "expire", "export", "restore"})
    void everyCommandExplainsItself(String command) throws IOException {
        assertThat(help(command, "--help")).isEqualTo(golden("help-" + command + ".txt"));
    }

    @Test
    void everyCommandHasAGoldenFile() {
        assertThat(ReceiverCommand.commandLine(console(), Map.of())
                        .getSubcommands()
                        .keySet())
                .containsExactlyInAnyOrder(
                        "run",
                        "status",
                        "list",
                        "check",
                        "load",
                        "verify",
                        "expire",
                        "export",
                        "restore",
                        "generate-completion");
    }

    private String help(String... arguments) {
        assertThat(ReceiverCommand.commandLine(console(), Map.of()).execute(arguments))
                .isZero();
        return out.toString(StandardCharsets.UTF_8);
    }

    private Console console() {
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        return Console.of(stream, stream);
    }

    private static String golden(String name) throws IOException {
        try (InputStream file = Objects.requireNonNull(HelpTest.class.getResourceAsStream(name), name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
