package io.tidemark.sender.complete;

import io.tidemark.bundle.BundleKind;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.room.BytesPerDay;
import io.tidemark.room.RoomForecast;
import io.tidemark.room.SizedBundle;
import io.tidemark.sender.capture.SourceSize;
import io.tidemark.sender.media.MediaSize;
import io.tidemark.sender.settings.SenderSettings;
import io.tidemark.sender.state.SentBundle;
import io.tidemark.text.Human;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Whether the outbox's disk has room for a complete: for as much as the last one had, and no more than may still wait under the outbox's cap,
 * since volumes leave while it is cut. Before the first one tables and media are asked for their sizes; where they do not tell it needs room for
 * two volumes at least.
 *
 * @param free bytes that this user may still write
 * @param needed bytes that a complete may take
 */
public record CompleteRoom(RoomForecast forecast, long free, long needed) {
    /** Rows hardly ever take less on the way than this part of their tables. What might fit is not refused. */
    private static final int DENSEST = 8;

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String HINT = "make room there, or lower outbox.max-size; completes go on by themselves";

    /** @return empty where the file system does not tell its room */
    public static Optional<CompleteRoom> of(SenderSettings settings, List<SentBundle> bundles, Instant now) {
        List<SizedBundle> sized = bundles.stream()
                .filter(bundle -> bundle.bytes() > 0)
                .map(bundle -> new SizedBundle(bundle.id(), bundle.bytes()))
                .toList();
        return RoomForecast.of("work.folder", settings.outboxFolder(), BytesPerDay.of(sized, 1, now), Optional.empty())
                .map(forecast -> new CompleteRoom(forecast, forecast.free(), needed(settings, bundles)));
    }

    private static long needed(SenderSettings settings, List<SentBundle> bundles) {
        long size = bundles.stream()
                .filter(bundle -> bundle.id().kind() == BundleKind.COMPLETE && bundle.bytes() > 0)
                .reduce((before, after) -> after)
                .map(SentBundle::bytes)
                .orElseGet(() -> first(settings));
        return Math.min(size, Math.max(0, settings.outbox().maxSize() - waiting(settings.outboxFolder())));
    }

    private static long first(SenderSettings settings) {
        OptionalLong tables = SourceSize.of(settings.database().database(PATIENCE), settings.tables());
        return tables.isEmpty()
                ? 2 * settings.outbox().volumeSize()
                : tables.getAsLong() / DENSEST + MediaSize.of(settings.media());
    }

    /** What lies in the outbox already is neither free nor left of its cap. */
    private static long waiting(Path outbox) {
        long bytes = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(outbox)) {
            for (Path file : files) {
                bytes += Files.size(file);
            }
            return bytes;
        } catch (IOException | DirectoryIteratorException notThereOrLeaving) {
            return bytes;
        }
    }

    public boolean isEnough() {
        return free >= needed;
    }

    public String text() {
        return "a complete may take " + Human.bytes(needed) + ", and " + forecast.text();
    }

    public static String hint() {
        return HINT;
    }

    /** @throws TidemarkException (DISK_FULL) where it is not enough */
    void check() {
        if (!isEnough()) {
            throw new TidemarkException(FailureCode.DISK_FULL, "no complete is begun: " + text(), HINT);
        }
    }
}
