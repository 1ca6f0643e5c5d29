package io.tidemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.core.joran.spi.JoranException;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

class CommandRunnerTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @AfterEach
    void restoreTheTestsOwnLog() throws JoranException {
        OwnLog.restore();
    }

    @ParameterizedTest
    @EnumSource
    void aFailureEndsWithTheExitCodeOfItsCodeAndNoStackTrace(FailureCode code) {
        int exit = run(new TidemarkException(code, "table a: is gone", "bring it back"), "step");
        assertThat(exit).isEqualTo(code.exitCode());
        assertThat(err()).isEqualTo("table a: is gone\nhint: bring it back\n");
        assertThat(out()).isEmpty();
    }

    @Test
    void withJsonAFailureIsOneObjectOnStandardOutput() {
        run(new TidemarkException(FailureCode.ROW_DROP, "table a: is gone", "bring it back"), "step", "--json");
        assertThat(out())
                .startsWith("{\n  \"failure\": {\n    \"code\": \"row-drop\",\n    \"exit\": 9,")
                .endsWith("}\n");
    }

    @Test
    void whatNobodyExpectedIsOneLineAndAHint() {
        assertThat(run(new IllegalStateException("oops"), "step")).isEqualTo(1);
        assertThat(err().lines())
                .containsExactly(
                        "unexpected: java.lang.IllegalStateException: oops",
                        "hint: run it again with --debug to see where");
    }

    @Test
    void debugShowsWhereAFailureCameFrom() {
        run(new IllegalStateException("oops"), "step", "--debug");
        assertThat(err()).contains("\tat " + CommandRunnerTest.class.getName());
    }

    @Test
    void aWrongCommandLineIsAUsageFailureThatSuggests() {
        assertThat(run(new IllegalStateException(), "stepp")).isEqualTo(2);
        assertThat(err()).contains("hint: did you mean step?");
        assertThat(run(new IllegalStateException())).as("no command").isEqualTo(2);
        assertThat(run(new IllegalStateException(), "step", "--nonsense"))
                .as("unknown option")
                .isEqualTo(2);
    }

    @Test
    void helpAndVersionSucceedOnStandardOutput() {
        assertThat(run(new IllegalStateException(), "--help")).isZero();
        assertThat(run(new IllegalStateException(), "step", "--help")).isZero();
        assertThat(run(new IllegalStateException(), "--version")).isZero();
        assertThat(out()).contains("Usage: node", "Usage: node step", "node 0.");
        assertThat(err()).isEmpty();
    }

    @Test
    void printsACompletionScript() {
        assertThat(run(new IllegalStateException(), "generate-completion")).isZero();
        assertThat(out()).contains("complete -F _complete_node");
    }

    private int run(RuntimeException failure, String... arguments) {
        Console console = Console.of(
                new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8));
        return CommandRunner.commandLine(new TestNode(console), List.of(new Step(failure)))
                .execute(arguments);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Command(name = "node", mixinStandardHelpOptions = true, scope = ScopeType.INHERIT)
    private static final class TestNode extends NodeCommand {
        TestNode(Console console) {
            super(console, Map.of());
        }
    }

    @Command(name = "step")
    private static final class Step implements Runnable {
        private final RuntimeException failure;

        Step(RuntimeException failure) {
            this.failure = failure;
        }

        @Override
        public void run() {
            throw failure;
        }
    }
}
