package io.tidemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.core.joran.spi.JoranException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

class LoggingTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Console console = Console.of(
            new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));

    @TempDir
    private Path folder;

    @AfterEach
    void restoreTheTestsOwnLog() throws JoranException {
        OwnLog.restore();
    }

    @Test
    void aCommandShowsWarningsWithoutStackTraces() {
        Logging.start(console);
        LoggerFactory.getLogger("io.tidemark.x").info("quiet");
        LoggerFactory.getLogger("io.tidemark.x").warn("loud", new IllegalStateException("inner"));
        assertThat(err()).isEqualTo("WARN: loud\n");
    }

    @Test
    void aServiceTellsTimeLevelRouteAndBundle() {
        Logging.start(console).detailed(false);
        MDC.put("camel.routeId", "push");
        MDC.put("bundle", "b-1");
        LoggerFactory.getLogger("io.tidemark.x").info("pushed");
        MDC.clear();
        LoggerFactory.getLogger("io.tidemark.x").info("idle");
        assertThat(err().lines())
                .satisfiesExactly(
                        line -> assertThat(line).matches("\\S+Z INFO  \\[push] \\[b-1] pushed"),
                        line -> assertThat(line).matches("\\S+Z INFO  idle"));
    }

    @Test
    void camelTalksOnlyWhenItWarns() {
        Logging.start(console).detailed(false);
        LoggerFactory.getLogger("org.apache.camel.main.Main").info("chatter");
        assertThat(err()).isEmpty();
    }

    @Test
    void theFileHoldsStackTraces() throws IOException {
        Logging logging = Logging.start(console);
        logging.toFile(folder, "sender");
        LoggerFactory.getLogger("io.tidemark.x").info("step", new IllegalStateException("inner"));
        assertThat(Files.readString(logging.file().orElseThrow()))
                .contains("step", "IllegalStateException: inner", "\tat ");
        assertThat(err()).isEmpty();
    }

    @Test
    void takesWhatIsLoggedThroughTheJdk() {
        Logging.start(console);
        System.getLogger("io.tidemark.jdk").log(System.Logger.Level.WARNING, "from the platform");
        assertThat(err()).isEqualTo("WARN: from the platform\n");
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
