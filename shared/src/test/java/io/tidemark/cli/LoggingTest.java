package io.tidemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.core.joran.spi.JoranException;
import io.tidemark.logging.LogScope;
import io.tidemark.logging.LogSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.event.Level;

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
        logging.toFile(folder, "sender", LogSettings.USUAL, List.of());
        LoggerFactory.getLogger("io.tidemark.x").info("step", new IllegalStateException("inner"));
        assertThat(Files.readString(logging.file().orElseThrow()))
                .contains("step", "IllegalStateException: inner", "\tat ");
        assertThat(err()).isEmpty();
    }

    @Test
    void everyRouteHasALogOfItsOwnBesideTheOneForAll() throws IOException {
        Logging.start(console).toFile(folder, "receiver", LogSettings.USUAL, List.of());
        try (LogScope load = LogScope.route("load");
                LogScope bundle = LogScope.bundle("shop-0000000007-partial")) {
            LoggerFactory.getLogger("io.tidemark.x").info("loaded");
            Thread worker = new Thread(LogScope.carried(
                    () -> LoggerFactory.getLogger("io.tidemark.x").info("copied")));
            worker.start();
            join(worker);
            assertThat(load).isNotSameAs(bundle);
        }
        try (LogScope expire = LogScope.route("expire")) {
            LoggerFactory.getLogger("io.tidemark.x")
                    .info("expired under {}", expire.getClass().getSimpleName());
        }
        LoggerFactory.getLogger("io.tidemark.x").info("begun");
        assertThat(folder.resolve("log").toFile().list())
                .containsExactlyInAnyOrder("receiver.log", "poll.log", "load.log", "post-process.log", "expire.log");
        assertThat(log("load"))
                .satisfiesExactly(
                        line -> assertThat(line).endsWith("[load] [shop-0000000007-partial] loaded"),
                        line -> assertThat(line).endsWith("[load] [shop-0000000007-partial] copied"));
        assertThat(log("expire")).singleElement().asString().endsWith("[expire] expired under LogScope");
        assertThat(log("receiver")).hasSize(4);
    }

    @Test
    void linesAreJsonWhereThatIsAskedFor() throws IOException {
        Logging.start(console)
                .toFile(folder, "sender", with(LogSettings.Format.JSON, Map.of()), List.of("top \"secret\""));
        try (LogScope push = LogScope.route("push")) {
            LoggerFactory.getLogger("io.tidemark.x").info("key is top \"secret\"", new IllegalStateException("inner"));
            assertThat(push).isNotNull();
        }
        com.fasterxml.jackson.databind.JsonNode line = new com.fasterxml.jackson.databind.ObjectMapper()
                .readTree(log("push").get(0));
        assertThat(line.path("formattedMessage").asText()).isEqualTo("key is ********");
        assertThat(line.path("level").asText()).isEqualTo("INFO");
        assertThat(line.path("mdc").path("route").asText()).isEqualTo("push");
        assertThat(line.path("throwable").path("message").asText()).isEqualTo("inner");
        assertThat(line.has("timestamp")).isTrue();
    }

    @Test
    void aLevelMayBeSetForASingleRoute() throws IOException {
        Logging.start(console)
                .toFile(
                        folder,
                        "sender",
                        with(LogSettings.Format.TEXT, Map.of("push", Level.DEBUG, "load", Level.ERROR)),
                        List.of());
        for (String route : List.of("push", "load", "complete")) {
            try (LogScope scope = LogScope.route(route)) {
                LoggerFactory.getLogger("io.tidemark.x").debug("fine {}", scope.hashCode() == 0);
                LoggerFactory.getLogger("io.tidemark.x").info("told");
            }
        }
        assertThat(log("push")).hasSize(2);
        assertThat(log("complete")).singleElement().asString().endsWith("told");
        assertThat(folder.resolve("log/load.log")).doesNotExist();
    }

    @Test
    void noSecretStandsInAnyLogOrOnTheScreen() throws IOException {
        Logging logging = Logging.start(console);
        logging.toFile(folder, "sender", LogSettings.USUAL, List.of("hunter22", "x"));
        logging.detailed(true);
        try (LogScope push = LogScope.route("push")) {
            LoggerFactory.getLogger("io.tidemark.x")
                    .warn(
                            "login hunter22 at sftp://ada:pw@host/in and jdbc:postgresql://h/d?user=a&password=geheim",
                            new IllegalStateException("hunter22 was wrong"));
            assertThat(push).isNotNull();
        }
        String everything = String.join("\n", log("push")) + String.join("\n", log("sender")) + err();
        assertThat(everything)
                .contains("login ******** at sftp://********@host/in", "password=********", "IllegalStateException")
                .doesNotContain("hunter22", "ada:pw", "geheim");
    }

    @Test
    void aLogThatGrowsIsReplacedAndTheOldOneKept() throws IOException {
        Logging.start(console)
                .toFile(
                        folder,
                        "sender",
                        new LogSettings(LogSettings.Format.TEXT, Level.INFO, Map.of(), 2000, 3),
                        List.of());
        org.awaitility.Awaitility.await()
                .atMost(java.time.Duration.ofSeconds(20))
                .until(() -> {
                    LoggerFactory.getLogger("io.tidemark.x").info("x".repeat(400));
                    String[] files = folder.resolve("log").toFile().list();
                    return files != null
                            && Arrays.stream(files)
                                            .filter(name -> name.startsWith("sender"))
                                            .count()
                                    > 2;
                });
        assertThat(folder.resolve("log").toFile().list())
                .allMatch(name -> name.matches("[a-z-]+(\\.\\d{4}-\\d\\d-\\d\\d\\.\\d+)?\\.log"));
    }

    private static LogSettings with(LogSettings.Format format, Map<String, Level> routes) {
        return new LogSettings(format, Level.INFO, routes, 1 << 20, 3);
    }

    private List<String> log(String name) throws IOException {
        return Files.readAllLines(folder.resolve("log").resolve(name + ".log"));
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
