package io.tidemark.sender.complete;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.bundle.BundleId;
import io.tidemark.bundle.BundleKind;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.sender.settings.SenderSettings;
import io.tidemark.sender.state.BundleState;
import io.tidemark.sender.state.SentBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompleteRoomTest {
    private static final Instant NOW = Instant.parse("2026-03-10T03:30:00Z");

    @TempDir
    Path folder;

    private SenderSettings settings(String cap) throws IOException {
        Path file = Files.writeString(
                folder.resolve("sender.properties"),
                "source=shop\ndatabase.url=jdbc:postgresql://127.0.0.1/shop\ndatabase.user=tidemark\nwork.folder="
                        + folder.resolve("work") + "\nremote.url=file:" + folder + "\noutbox.max-size=" + cap + "\n");
        return SenderSettings.read(file, Map.of());
    }

    private static SentBundle sent(long sequence, BundleKind kind, long bytes) {
        return new SentBundle(
                new BundleId("shop", sequence, kind, NOW.minus(Duration.ofDays(9 - sequence))),
                BundleState.SEALED,
                "scheduled",
                Optional.empty(),
                Optional.empty(),
                bytes,
                1,
                Duration.ofSeconds(1),
                true,
                Optional.empty());
    }

    @Test
    void aCompleteNeedsWhatTheLastOneHadAndNoMoreThanMayWait() throws IOException {
        List<SentBundle> bundles = List.of(
                sent(1, BundleKind.COMPLETE, 900_000_000),
                sent(2, BundleKind.COMPLETE, 140_000_000),
                sent(3, BundleKind.PARTIAL, 1000));
        assertThat(CompleteRoom.of(settings("2GB"), bundles, NOW).orElseThrow().needed())
                .isEqualTo(140_000_000);
        assertThat(CompleteRoom.of(settings("130MB"), bundles, NOW)
                        .orElseThrow()
                        .needed())
                .isEqualTo(130 << 20);
        assertThat(CompleteRoom.of(settings("2GB"), List.of(), NOW)
                        .orElseThrow()
                        .needed())
                .as("nobody knows of the first")
                .isEqualTo(128 << 20);
    }

    @Test
    void whatCannotFitIsNotBegun() throws IOException {
        long more = Files.getFileStore(folder).getTotalSpace() + 1;
        CompleteRoom room = CompleteRoom.of(settings("900TB"), List.of(sent(1, BundleKind.COMPLETE, more)), NOW)
                .orElseThrow();
        assertThatThrownBy(room::check)
                .isInstanceOfSatisfying(
                        TidemarkException.class,
                        failure -> assertThat(failure.code()).isEqualTo(FailureCode.DISK_FULL))
                .hasMessageContaining("no complete is begun: a complete may take");
        CompleteRoom enough = CompleteRoom.of(settings("2GB"), List.of(sent(1, BundleKind.COMPLETE, 1)), NOW)
                .orElseThrow();
        assertThatCode(enough::check).doesNotThrowAnyException();
    }
}
