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
