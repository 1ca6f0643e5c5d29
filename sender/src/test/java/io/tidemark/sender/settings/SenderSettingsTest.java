package io.tidemark.sender.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.settings.Problem;
import io.tidemark.settings.SettingsProblems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SenderSettingsTest {
    @TempDir
    private Path folder;

    private String complete = "";

    @BeforeEach
    void writeKeys() throws IOException {
        Path key = Files.createFile(folder.resolve("id"));
        Path hosts = Files.createFile(folder.resolve("hosts"));
        complete = String.join(
                "\n",
                "source=transapp",
                "database.url=jdbc:postgresql://127.0.0.1/transapp",
                "database.user=tidemark",
                "work.folder=" + folder.resolve("work"),
                "remote.url=sftp://transapp@analytics:22/inbox",
                "remote.private-key=" + key,
                "remote.known-hosts=" + hosts,
                "partial.schedule=5m",
                "partial.mode=auto");
    }

    @Test
    void hasADefaultForEverythingThatCanHaveOne() throws IOException {
        SenderSettings settings = read(complete);
        assertThat(settings.complete().schedule()).hasToString("30 3 * * *");
        assertThat(settings.complete().format()).isEqualTo(CompleteSettings.Format.AUTO);
        assertThat(settings.complete().workers()).isBetween(2, 4);
        assertThat(settings.zone()).isEqualTo(ZoneOffset.UTC);
        assertThat(settings.outbox()).isEqualTo(new OutboxSettings(2L << 30, Duration.ofSeconds(60), 64L << 20));
        assertThat(settings.ddl()).isEqualTo(new DdlSettings(false, false));
        assertThat(settings.lockTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.tables().include()).hasToString("*.*");
        assertThat(settings.mediaFolder()).isEmpty();
        assertThat(settings.remote().inbox()).hasToString("sftp://transapp@analytics/inbox");
    }

    @Test
    void anEmptyFileNamesEveryRequiredKey() throws IOException {
        assertThat(problems(""))
                .extracting(Problem::key)
                .containsExactly("source", "database.url", "database.user", "work.folder", "remote.url");
    }

    @Test
    void sftpNeedsAKeyAndPinnedHosts() throws IOException {
        String text = complete.lines()
                .filter(line -> !line.matches("remote\\.[pk].*"))
                .reduce("", (a, b) -> a + b + "\n");
        assertThat(problems(text)).extracting(Problem::key).containsExactly("remote.private-key", "remote.known-hosts");
    }

    @Test
    void aLocalFolderNeedsNeither() throws IOException {
        String text = complete.replace("sftp://transapp@analytics:22/inbox", "file:/mnt/inbox")
                .replaceAll("(remote\\.[pk]\\S+)=\\S+", "$1=/nowhere");
        assertThat(read(text).remote().inbox().isSftp()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sftp://analytics/inbox",
                "sftp://a:secret@analytics/inbox",
                "http://analytics/inbox",
                "inbox",
                "sftp://a@analytics",
                "sftp://a@analytics/in?x=y",
                "file:relative"
            })
    void rejectsAnotherRemoteUrl(String url) throws IOException {
        List<Problem> problems = problems(complete.replace("sftp://transapp@analytics:22/inbox", url));
        assertThat(problems).extracting(Problem::key).contains("remote.url");
        assertThat(problems.toString()).doesNotContain("secret");
    }

    @Test
    void neverPrintsThePassword() throws IOException {
        SenderSettings settings = SenderSettings.read(write(complete), Map.of("TIDEMARK_DATABASE_PASSWORD", "s3cret"));
        assertThat(settings.database().password().orElseThrow().value()).isEqualTo("s3cret");
        assertThat(settings).asString().doesNotContain("s3cret");
    }

    @Test
    void anOutboxHoldsAtLeastTwoVolumes() throws IOException {
        assertThat(problems(complete + "\noutbox.max-size=100MB"))
                .extracting(Problem::key)
                .containsExactly("outbox.max-size");
    }

    @Test
    void aMediaFolderMayBeMissingForAWhileAndIsNoFile() throws IOException {
        Path unmounted = folder.resolve("not mounted");
        assertThat(read(complete + "\nmedia.folder=" + unmounted).mediaFolder()).contains(unmounted);
        Files.createFile(unmounted);
        assertThat(problems(complete + "\nmedia.folder=" + unmounted))
                .extracting(Problem::key)
                .containsExactly("media.folder");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mail.host=smtp.example.org | mail.from",
                "mail.to=ops@example.org | mail.host",
                "mail.port=70000 | mail.port",
                "mail.security=ssl | mail.security",
                "mail.certificate=/nowhere/server.pem | mail.certificate",
                "alarm.command=notify | alarm.command",
                "alarm.command-timeout=soon | alarm.command-timeout",
                "alarm.after=a while | alarm.after",
                "alarm.settle=5 | alarm.settle",
                "alarm.success=everything | alarm.success",
                "ping.complete=ftp://example.org/x | ping.complete",
                "ping.partial=somewhere | ping.partial",
                "expect.complete=never | expect.complete",
                "expect.partial=-1h | expect.partial",
                "log.format=xml | log.format",
                "log.level=loud | log.level",
                "log.level=info, nobody=debug | log.level",
                "log.max-size=much | log.max-size",
                "log.keep-days=0 | log.keep-days",
                "media.include=/srv/*.jpeg | media.include",
                "media.interval=often | media.interval",
                "media.delete-guard=2 | media.delete-guard",
                "media.delete-guard=half | media.delete-guard",
                "media.folder=media | media.folder",
                "complete.read-all=never | complete.read-all",
                "watermark.columns=updated_at | watermark.columns",
                "watermark.overlap=10 | watermark.overlap",
                "slot.max-retained-wal=-1 | slot.max-retained-wal",
                "ping.link-check=here | ping.link-check",
                "expect.receipt=3 | expect.receipt",
                "link-check.schedule=61 * * * * | link-check.schedule"
            })
    void aBadValueIsToldByItsKeyAndWithARemedy(String line) throws IOException {
        String[] parts = line.split(" \\| ", 2);
        List<Problem> problems = problems(complete + "\n" + parts[0]);
        assertThat(problems).extracting(Problem::key).contains(parts[1]);
        assertThat(problems).allSatisfy(problem -> assertThat(problem.remedy()).isNotEmpty());
    }

    private List<Problem> problems(String text) throws IOException {
        Path file = write(text);
        TidemarkException failure =
                catchThrowableOfType(TidemarkException.class, () -> SenderSettings.read(file, Map.of()));
        assertThat(failure.code()).isEqualTo(FailureCode.USAGE);
        return SettingsProblems.of(failure).orElseThrow();
    }

    private SenderSettings read(String text) throws IOException {
        return SenderSettings.read(write(text), Map.of());
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("sender.properties"), text);
    }
}
