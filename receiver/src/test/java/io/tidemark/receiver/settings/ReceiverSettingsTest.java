package io.tidemark.receiver.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tidemark.failure.TidemarkException;
import io.tidemark.settings.Problem;
import io.tidemark.settings.SettingsProblems;
import io.tidemark.settings.TableGlobs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiverSettingsTest {
    private static final String COMPLETE = """
            inbox.folder=/srv/tidemark/inbox
            receipts.folder=/srv/tidemark/receipts
            database.url=jdbc:postgresql://127.0.0.1/analytics
            database.user=tidemark
            work.folder=/var/lib/tidemark/receiver
            lifetime.complete=4d
            lifetime.partial=2d
            """;

    @TempDir
    private Path folder;

    @Test
    void hasADefaultForEverythingThatCanHaveOne() throws IOException {
        ReceiverSettings settings = ReceiverSettings.read(write(COMPLETE), Map.of());
        assertThat(settings.archiveFolder()).hasToString("/var/lib/tidemark/receiver/archive");
        assertThat(settings.quarantineFolder()).hasToString("/var/lib/tidemark/receiver/quarantine");
        assertThat(settings.pollInterval()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.load().rowDrop()).isEqualTo(0.5);
        assertThat(settings.load().adopt()).isEqualTo(TableGlobs.NONE);
        assertThat(settings.load().workers()).isBetween(2, 4);
        assertThat(settings.mediaPlace()).isEqualTo(MediaPlace.LINK);
    }

    @Test
    void anEmptyFileNamesEveryRequiredKey() throws IOException {
        assertThat(problems(""))
                .extracting(Problem::key)
                .containsExactly("inbox.folder", "database.url", "database.user", "work.folder");
    }

    @Test
    void foldersThatAreSweptMustNotOverlap() throws IOException {
        assertThat(problems(
                        COMPLETE + "archive.folder=/srv/tidemark/inbox/archive\nquarantine.folder=/srv/tidemark/inbox"))
                .extracting(Problem::key)
                .contains("archive.folder", "quarantine.folder");
    }

    @Test
    void theSendersKeysAreUnknownHere() throws IOException {
        assertThat(problems(COMPLETE + "remote.url=file:/x"))
                .extracting(Problem::key)
                .containsExactly("remote.url");
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
                "lifetime.partial=2 | lifetime.partial",
                "lifetime.quarantine=long | lifetime.quarantine",
                "lifetime.receipt=month | lifetime.receipt",
                "keep.daily=-1 | keep.daily",
                "keep.weekly=four | keep.weekly",
                "keep.monthly=10001 | keep.monthly",
                "zone=Chile | zone",
                "disk.warn=20% | disk.warn",
                "post.1.sql=/nowhere/step.sql | post.1.sql",
                "post.1.command=echo done | post.1.command",
                "post.1.name=lonely | post.1.sql",
                "post.2.command=/bin/true\npost.2.timeout=soon | post.2.timeout",
                "post.2.command=/bin/true\npost.2.required=perhaps | post.2.required",
                "post.2.command=/bin/true\npost.2.every=hourly | post.2.every",
                "post.2.command=/bin/true\npost.2.retry=no | post.2.retry",
                "post.1.command=/bin/true\npost.1.name=a\npost.2.command=/bin/true\npost.2.name=a | post.2.name",
                "post.100.command=/bin/true | post.100.command",
                "media.place=move | media.place",
                "load.row-drop=2 | load.row-drop"
            })
    void aBadValueIsToldByItsKeyAndWithARemedy(String line) throws IOException {
        String[] parts = line.split(" \\| ", 2);
        List<Problem> problems = problems(COMPLETE + "\n" + parts[0]);
        assertThat(problems).extracting(Problem::key).contains(parts[1]);
        assertThat(problems).allSatisfy(problem -> assertThat(problem.remedy()).isNotEmpty());
    }

    private List<Problem> problems(String text) throws IOException {
        Path file = write(text);
        TidemarkException failure =
                catchThrowableOfType(TidemarkException.class, () -> ReceiverSettings.read(file, Map.of()));
        return SettingsProblems.of(failure).orElseThrow();
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("receiver.properties"), text);
    }
}
