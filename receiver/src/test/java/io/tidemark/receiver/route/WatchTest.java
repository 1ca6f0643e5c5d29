package io.tidemark.receiver.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidemark.alarm.AlarmSettings;
import io.tidemark.alarm.Silence;
import io.tidemark.logging.LogSettings;
import io.tidemark.position.Lsn;
import io.tidemark.position.SourceIdentity;
import io.tidemark.receiver.chain.SourceState;
import io.tidemark.receiver.inbox.Beats;
import io.tidemark.receiver.settings.WatchSettings;
import io.tidemark.transfer.Beat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchTest {
    private static final Instant THEN = Instant.parse("2026-03-02T03:30:00Z");

    @TempDir
    private Path folder;

    private final Told alarms = new Told();
    private final Set<String> open = alarms.open;
    private final Set<String> well = alarms.well;

    private Watch watch(Optional<Optional<Duration>> partial, long loaded) {
        SourceState state =
                new SourceState(new Lsn(1), new SourceIdentity("1", 1, 1), new Lsn(1), loaded, 0, "", THEN, THEN);
        return new Watch(
                new WatchSettings(AlarmSettings.none(), LogSettings.USUAL, Optional.of(Optional.empty()), partial),
                new Beats(folder),
                () -> Map.of("shop", state),
                alarms,
                new Silence(alarms, folder, Clock.systemUTC()));
    }

    private void beat(Instant looked, long sequence) throws IOException {
        Beat beat = new Beat("shop", looked, looked, sequence, 3600, 900);
        Files.write(folder.resolve(beat.fileName()), beat.bytes());
    }

    @Test
    void aQuietDatabaseIsUpToDateAsLongAsItsSenderSaysSo() throws IOException {
        Watch watch = watch(Optional.of(Optional.of(Duration.ofMillis(1))), 7);
        beat(THEN, 7);
        watch.look();
        assertThat(well).containsExactly("partial");
        await().untilAsserted(() -> {
            watch.look();
            assertThat(open).containsExactly("partial.silent (shop)");
        });
        beat(THEN.plusSeconds(60), 7);
        watch.look();
        well.clear();
        beat(THEN.plusSeconds(120), 8);
        watch.look();
        assertThat(well).as("what is not loaded yet is not up to date").isEmpty();
    }

    @Test
    void withoutASettingAndWithoutWordFromASenderNothingIsExpected() throws IOException {
        Files.writeString(folder.resolve(".tidemark-beat-shop.json"), "{\"source\": \"other\"}");
        Watch watch = watch(Optional.empty(), 0);
        watch.look();
        watch.look();
        assertThat(open).isEmpty();
    }
}
