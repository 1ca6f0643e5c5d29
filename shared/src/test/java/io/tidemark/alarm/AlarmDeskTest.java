package io.tidemark.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidemark.alarm.AlarmSettings.CommandSettings;
import io.tidemark.alarm.AlarmSettings.MailSettings;
import io.tidemark.alarm.AlarmSettings.Security;
import io.tidemark.check.Finding;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.settings.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlarmDeskTest {
    private static final Duration SHORT = Duration.ofMillis(1);
    private static final Courier.Rest QUICK = new Courier.Rest(Duration.ofMillis(50), Duration.ofMillis(100));
    private static ServerKey key;

    @TempDir
    private static Path keys;

    @TempDir
    private Path work;

    private final List<AutoCloseable> open = new ArrayList<>();

    @BeforeAll
    static void makeKey() {
        key = ServerKey.make(keys, "dns:localhost");
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    private <T extends AutoCloseable> T opened(T resource) {
        open.add(resource);
        return resource;
    }

    private static MailSettings mail(int port, Security security, String password, Path certificate) {
        return new MailSettings(
                "localhost",
                port,
                security,
                Optional.of(MailServer.USER),
                Optional.of(new Secret(password)),
                "Tidemark <tidemark@example.org>",
                List.of("ops@example.org", "Ada <ada@example.org>"),
                Optional.of(certificate),
                Duration.ofSeconds(2));
    }

    private static MailSettings mail(int port) {
        return mail(port, Security.STARTTLS, MailServer.PASSWORD, key.certificate());
    }

    private static AlarmSettings settings(Optional<MailSettings> mail, Map<String, PingUrl> pings) {
        return new AlarmSettings(mail, Optional.empty(), pings, SHORT, SHORT, Set.of("complete"));
    }

    private AlarmDesk desk(AlarmSettings settings) {
        return opened(new AlarmDesk(settings, "sender of shop", work, Clock.systemUTC(), System::nanoTime, QUICK));
    }

    private static TidemarkException refused() {
        return new TidemarkException(FailureCode.HOST_KEY, "host shows another key", "find out why");
    }

    private static void until(AlarmDesk desk, Runnable assertion) {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            desk.tick();
            assertion.run();
        });
    }

    @Test
    void mailsEveryAdministratorOnceWhenItOpensAndOnceWhenItIsOver() throws Exception {
        MailServer server = opened(new MailServer(key, false));
        Files.createDirectories(work.resolve("log"));
        Files.writeString(work.resolve("log/push.log"), "first line\nlast line\n");
        AlarmDesk desk = desk(settings(Optional.of(mail(server.port())), Map.of()));
        for (int i = 0; i < 5; i++) {
            desk.failed("push", refused());
        }
        until(desk, () -> assertThat(server.mails()).hasSize(2));
        desk.failed("push", refused());
        desk.succeeded("push");
        until(desk, () -> assertThat(server.mails()).hasSize(4));
        assertThat(server.subjects())
                .startsWith(
                        "ops@example.org: [tidemark sender of shop] link.host-key: host shows another key",
                        "ada@example.org: [tidemark sender of shop] link.host-key: host shows another key")
                .last()
                .asString()
                .startsWith("ada@example.org: [tidemark sender of shop] over: link.host-key, after ");
        assertThat(server.mails().get(0).text())
                .contains("host shows another key", "hint:  find out why", "since: ", "last line", "OPERATIONS.md");
    }

    @Test
    void mailsLinesOfTheLogThatTellsMoreAndOfTheWholeWhereARouteHasNone() throws Exception {
        MailServer server = opened(new MailServer(key, false));
        Files.createDirectories(work.resolve("log"));
        Files.writeString(work.resolve("log/partial.log"), "the folder is away\n");
        Files.createFile(work.resolve("log/complete.log"));
        Files.writeString(work.resolve("log/sender.log"), "a line of any route\n");
        AlarmDesk desk = desk(settings(Optional.of(mail(server.port())), Map.of()));
        desk.raise(AlarmId.of("media", Condition.MISSING), "partial", "no folder", "mount it");
        until(desk, () -> assertThat(server.mails()).hasSize(2));
        desk.failed("beat", new TidemarkException(FailureCode.FAILED, "no beat", "see the log"));
        until(desk, () -> assertThat(server.mails()).hasSize(4));
        desk.raise(AlarmId.of("complete", Condition.SILENT), "none", "start it");
        until(desk, () -> assertThat(server.mails()).hasSize(6));
        assertThat(server.mails().get(0).text())
                .contains("partial.log, its last lines:", "the folder is away")
                .doesNotContain("a line of any route");
        assertThat(server.mails().get(2).text()).contains("sender.log, its last lines:", "a line of any route");
        assertThat(server.mails().get(4).text()).contains("sender.log, its last lines:", "a line of any route");
    }

    @Test
    void tellsSuccessWhereItIsAskedFor() {
        MailServer server = opened(new MailServer(key, true));
        AlarmDesk desk = desk(settings(
                Optional.of(mail(server.port(), Security.TLS, MailServer.PASSWORD, key.certificate())), Map.of()));
        desk.done("partial", "partial 8 is pushed");
        desk.done("complete", "complete 7 is pushed");
        until(
                desk,
                () -> assertThat(server.subjects())
                        .containsExactly(
                                "ops@example.org: [tidemark sender of shop] complete 7 is pushed",
                                "ada@example.org: [tidemark sender of shop] complete 7 is pushed"));
    }

    @Test
    void whatCouldNotBeDeliveredIsShownAndDeliveredByTheNextServiceOnce() throws IOException {
        int port = freePort();
        AlarmDesk first = desk(settings(Optional.of(mail(port)), Map.of()));
        first.failed("push", refused());
        until(
                first,
                () -> assertThat(OpenAlarms.read(work).undelivered())
                        .singleElement()
                        .satisfies(each -> {
                            assertThat(each.channel()).isEqualTo("mail.host");
                            assertThat(each.waiting()).isEqualTo(1);
                            assertThat(each.message()).contains("localhost:" + port);
                        }));
        first.close();
        MailServer server = opened(new MailServer(key, false, port));
        AlarmDesk second = desk(settings(Optional.of(mail(port)), Map.of()));
        second.failed("push", refused());
        until(second, () -> {
            assertThat(server.mails()).hasSize(2);
            assertThat(OpenAlarms.read(work).undelivered()).isEmpty();
            assertThat(OpenAlarms.read(work).alarms())
                    .singleElement()
                    .satisfies(each -> assertThat(each.told()).isTrue());
        });
        second.close();
        AlarmDesk third = desk(settings(Optional.of(mail(port)), Map.of()));
        third.failed("push", refused());
        third.succeeded("push");
        until(third, () -> assertThat(server.mails()).hasSize(4));
        assertThat(server.subjects().get(3)).contains("over: link.host-key");
    }

    @Test
    void channelsThatSwallowEverythingHoldNobodyUp() throws IOException {
        ServerSocket hole = opened(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        URI url = URI.create("http://127.0.0.1:" + hole.getLocalPort() + "/ping");
        AlarmDesk desk = desk(settings(
                Optional.of(mail(hole.getLocalPort())),
                Map.of("partial", new PingUrl("ping.partial", url, Duration.ofSeconds(1)))));
        long begun = System.nanoTime();
        for (int i = 0; i < 10_000; i++) {
            desk.failed("push", refused());
            desk.succeeded("partial");
            desk.done("partial", "made");
            desk.tick();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
        until(
                desk,
                () -> assertThat(OpenAlarms.read(work).undelivered())
                        .extracting(OpenAlarms.Undelivered::channel)
                        .containsExactlyInAnyOrder("mail.host", "ping.partial"));
    }

    @Test
    void pingsAfterSuccessAndNeverAfterFailure() {
        Watchdog watchdog = opened(new Watchdog());
        AlarmDesk desk = desk(
                settings(Optional.empty(), Map.of("complete", new PingUrl("ping.complete", watchdog.url("/token-1")))));
        desk.failed("complete", refused());
        desk.done("partial", "made");
        desk.done("complete", "made");
        until(desk, () -> assertThat(watchdog.pings()).containsExactly("/token-1"));

        watchdog.answer(500);
        AlarmDesk other = desk(
                settings(Optional.empty(), Map.of("complete", new PingUrl("ping.complete", watchdog.url("/token-2")))));
        other.done("complete", "made");
        until(other, () -> assertThat(watchdog.pings()).contains("/token-2"));
        other.failed("complete", refused());
        until(
                other,
                () -> assertThat(OpenAlarms.read(work).undelivered())
                        .singleElement()
                        .satisfies(each -> assertThat(each.message())
                                .contains("answers 500")
                                .doesNotContain("token")));
        watchdog.answer(200);
        int before = watchdog.pings().size();
        await().during(Duration.ofMillis(500))
                .atMost(Duration.ofSeconds(5))
                .until(() -> watchdog.pings().size() <= before + 1);
    }

    @Test
    void anyCommandIsToldByItsInputAndItsEnvironment() throws IOException {
        Path told = work.resolve("told");
        AlarmDesk desk = desk(new AlarmSettings(
                Optional.empty(),
                Optional.of(new CommandSettings(
                        List.of(
                                "/bin/sh",
                                "-c",
                                "echo \"$ALARM_EVENT $ALARM_ID $1\" >> " + told + "; cat >> " + told,
                                "sh",
                                "$(reboot)"),
                        Duration.ofSeconds(10))),
                Map.of(),
                SHORT,
                SHORT,
                Set.of()));
        desk.failed("push", refused());
        until(desk, () -> assertThat(told).isRegularFile());
        until(desk, () -> assertThat(told).content().contains("opened link.host-key $(reboot)\nwhat:  host shows"));
    }

    @Test
    void aCommandThatHangsIsEndedAndShown() {
        AlarmDesk desk = desk(new AlarmSettings(
                Optional.empty(),
                Optional.of(new CommandSettings(List.of("/bin/sleep", "600"), Duration.ofMillis(200))),
                Map.of(),
                SHORT,
                SHORT,
                Set.of()));
        desk.failed("push", refused());
        until(
                desk,
                () -> assertThat(OpenAlarms.read(work).undelivered())
                        .singleElement()
                        .satisfies(each -> assertThat(each.message()).contains("did not end within 200 ms")));
    }

    @Test
    void aTrialSendsThroughEachChannelAndNamesTheKeyOfTheOneThatFails() {
        MailServer server = opened(new MailServer(key, false));
        Watchdog watchdog = opened(new Watchdog());
        assertThat(trial(mail(server.port()), watchdog.url("/ok")))
                .extracting(Finding::level)
                .containsOnly(Finding.Level.OK);
        assertThat(server.subjects()).hasSize(2);
        assertThat(watchdog.pings()).containsExactly("/ok");

        watchdog.answer(404);
        assertThat(trial(mail(server.port(), Security.STARTTLS, "wrong", key.certificate()), watchdog.url("/ok")))
                .satisfiesExactly(
                        mail -> assertThat(mail.toString())
                                .contains("PROBLEM", "mail.host", "refuses the login", "mail.password-file")
                                .doesNotContain("wrong"),
                        ping -> assertThat(ping.toString()).contains("PROBLEM", "ping.complete", "answers 404"));
    }

    @Test
    void aServerThatShowsAnotherNameGetsNoPassword() {
        ServerKey stranger = ServerKey.make(keys, "dns:elsewhere.example.org");
        MailServer server = opened(new MailServer(stranger, false));
        assertThat(trial(
                        mail(server.port(), Security.STARTTLS, MailServer.PASSWORD, stranger.certificate()),
                        opened(new Watchdog()).url("/ok")))
                .first()
                .satisfies(finding -> assertThat(finding.toString()).contains("cannot be trusted", "mail.certificate"));
        assertThat(trial(
                        mail(server.port(), Security.STARTTLS, MailServer.PASSWORD, key.certificate()),
                        opened(new Watchdog()).url("/ok")))
                .first()
                .satisfies(finding -> assertThat(finding.toString()).contains("cannot be trusted"));
        assertThat(server.mails()).isEmpty();
    }

    private static List<Finding> trial(MailSettings mail, URI ping) {
        return new AlarmTrial(
                        settings(Optional.of(mail), Map.of("complete", new PingUrl("ping.complete", ping))),
                        "sender of shop",
                        Clock.systemUTC())
                .findings();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
