package io.tidemark.deploy.twonode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.tidemark.deploy.kit.Command;
import io.tidemark.deploy.kit.Node;
import io.tidemark.deploy.kit.NodeProcess;
import io.tidemark.deploy.kit.TextFiles;
import io.tidemark.deploy.kit.TwoNodes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Both nodes with alarms whose mail goes nowhere, and the page that says what to do. */
final class AlarmsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path ROOT = Path.of("").toAbsolutePath().resolveSibling("");

    private final Pair pair = Ground.small();
    private final Path told = pair.scratch().subfolder("alarms").resolve("told-" + System.nanoTime());

    private Node alarmed(Node node) {
        Path notifier = TextFiles.writeSecret(
                told.resolveSibling("notify-" + System.nanoTime()),
                "#!/bin/sh\necho \"$ALARM_EVENT $ALARM_ID\" >> " + told + "\n");
        assertThat(notifier.toFile().setExecutable(true)).isTrue();
        return node.with("alarm.command", notifier.toString())
                .with("alarm.after", "1s")
                .with("alarm.settle", "1s");
    }

    private List<String> told() {
        try {
            return Files.exists(told) ? Files.readAllLines(told) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aLinkThatIsDownIsToldOnceAcrossARestartAndItsEndOnceWhileMailIsSwallowed() throws IOException {
        AtomicInteger pings = new AtomicInteger();
        HttpServer watchdog = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        watchdog.createContext("/", exchange -> {
            pings.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        watchdog.start();
        try (ServerSocket hole = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            String ping = "http://127.0.0.1:" + watchdog.getAddress().getPort() + "/secret-token";
            Node sender = alarmed(pair.sender())
                    .with("partial.mode", "off")
                    .with("link-check.schedule", "1s")
                    .with("ping.complete", ping)
                    .with("mail.host", "127.0.0.1")
                    .with("mail.port", Integer.toString(hole.getLocalPort()))
                    .with("mail.security", "none")
                    .with("mail.from", "tidemark@example.org")
                    .with("mail.to", "ops@example.org");
            pair.wire().refuse(true);
            try (NodeProcess service = sender.start("run")) {
                await().atMost(PATIENCE).until(() -> told().contains("opened link.transfer"));
                service.terminate();
                service.await(PATIENCE);
            }
            JsonNode down = status(sender);
            assertThat(down.path("alarms").findValuesAsText("alarm")).contains("link.transfer");
            assertThat(down.path("linkCheck").path("ok").asBoolean(true)).isFalse();
            assertThat(pings).hasValue(0);
            try (NodeProcess service = sender.start("run");
                    NodeProcess receiver = alarmed(pair.receiver()).start("run")) {
                await().pollDelay(Duration.ofSeconds(2)).atMost(PATIENCE).until(service::running);
                pair.wire().refuse(false);
                await().atMost(PATIENCE).until(() -> told().contains("over link.transfer"));
                await().atMost(PATIENCE).until(() -> pings.get() > 0);
                await().atMost(PATIENCE).untilAsserted(pair::assertEqual);
                assertThat(receiver.running()).isTrue();
            }
            JsonNode up = status(sender);
            assertThat(told()).containsExactly("opened link.transfer", "over link.transfer");
            assertThat(up.path("alarms")).isEmpty();
            assertThat(up.path("linkCheck").path("ok").asBoolean()).isTrue();
            assertThat(up.path("undelivered").findValuesAsText("channel")).containsExactly("mail.host");
            assertThat(Files.readString(pair.scratch().resolve("sender/log/sender.log")))
                    .doesNotContain("secret-token");
            assertThat(Files.readString(pair.scratch().resolve("sender/log/complete.log")))
                    .contains("[complete] [transapp-00000000");
        } finally {
            watchdog.stop(0);
        }
    }

    private static JsonNode status(Node node) throws IOException {
        return new ObjectMapper().readTree(node.run("status", "--json").output());
    }

    @Test
    void everyCommandOfTheOperationsPageRuns() throws IOException {
        Node sender = alarmed(pair.sender()).with("partial.mode", "watermark").with("watermark.columns", "public.*:id");
        Node receiver = alarmed(pair.receiver());
        sender.run("complete");
        Files.writeString(pair.nodes().inbox().resolve("stranger.tar"), "no bundle");
        receiver.run("load");
        assertThat(pair.scratch().resolve("receiver/log/poll.log")).content().contains("took in", "stranger.tar");
        assertThat(pair.scratch().resolve("receiver/log/load.log")).content().contains("equal to the primary: true");
        sender.run("partial");
        Path bin = programs(sender, receiver);
        List<String> failed = new ArrayList<>();
        for (String command : commands(Files.readString(ROOT.resolve("docs/OPERATIONS.md")))) {
            Command.Result result = Command.of("bash", "-euo", "pipefail", "-c", here(command))
                    .environment(Map.of("PATH", bin + ":" + System.getenv("PATH")))
                    .tryRun();
            if (result.exitCode() != 0) {
                failed.add(command + ": exit code " + result.exitCode() + "\n" + result.error() + result.output());
            }
        }
        assertThat(failed).isEmpty();
        assertThat(told()).containsExactly("test test", "test test");
        pair.assertEqual();
    }

    /** Each once, in the order of the page. */
    private static Set<String> commands(String page) {
        Set<String> commands = new LinkedHashSet<>();
        page.lines().filter(line -> line.startsWith("    ")).map(String::strip).forEach(commands::add);
        assertThat(commands).hasSizeGreaterThan(20);
        return commands;
    }

    /** Where the page's folders are in this test. */
    private String here(String command) {
        return command.replace("/var/lib/tidemark/", pair.scratch().folder() + "/")
                .replace("/etc/tidemark/known_hosts", pair.sender().settings().get("remote.known-hosts"))
                .replace("/srv/tidemark/inbox", pair.nodes().inbox().toString());
    }

    /** Both programs with this test's settings; psql that finds the server of a database; sudo that stays who it is. */
    private Path programs(Node sender, Node receiver) {
        Path bin = pair.scratch().subfolder("bin-" + System.nanoTime());
        program(bin, "sudo", "[ \"$1\" = -u ] && shift 2\nexec \"$@\"");
        program(bin, "tidemark-sender", "exec " + sender.program() + " \"$@\" --config " + settings(bin, sender));
        program(bin, "tidemark-receiver", "exec " + receiver.program() + " \"$@\" --config " + settings(bin, receiver));
        program(
                bin,
                "psql",
                "case \"$2\" in\n" + TwoNodes.PRIMARY + ") "
                        + exports(pair.nodes().primary().clientEnvironment()) + " ;;\n*) "
                        + exports(pair.nodes().replica().clientEnvironment()) + " ;;\nesac\nexec "
                        + pair.nodes().primary().programs().program("psql") + " \"$@\"");
        return bin;
    }

    private static String exports(Map<String, String> environment) {
        StringBuilder text = new StringBuilder("true");
        environment.forEach(
                (name, value) -> text.append("; export " + name + "='").append(value + "'"));
        return text.toString();
    }

    private static Path settings(Path folder, Node node) {
        StringBuilder text = new StringBuilder();
        node.settings().forEach((key, value) -> text.append(key + "=").append(value + "\n"));
        Path name = Path.of(node.program()).getFileName();
        return TextFiles.writeSecret(folder.resolve(name + ".properties"), text.toString());
    }

    private static void program(Path bin, String name, String script) {
        Path file = TextFiles.writeSecret(bin.resolve(name), "#!/bin/bash\n" + script + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }
}
