package io.tidemark.sender.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.cli.Console;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompleteCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @ParameterizedTest
    @ValueSource(strings = {"", "vor Übergabe", "a/b", "two\nlines"})
    void refusesALabelThatNoReceiverTakesBeforeAnythingIsBegun(String label) {
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        int exit = SenderCommand.commandLine(Console.of(stream, stream), Map.of())
                .execute("complete", "--label", label, "--config", "/no/such/file");
        assertThat(exit).isEqualTo(2);
        assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("--label: ").contains("hint: ");
    }
}
