package io.tidemark.sender.complete;

import io.tidemark.bundle.BundleKind;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.room.BytesPerDay;
import io.tidemark.room.RoomForecast;
import io.tidemark.room.SizedBundle;
import io.tidemark.sender.settings.SenderSettings;
import io.tidemark.sender.state.SentBundle;
import io.tidemark.text.Human;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Whether the outbox's disk has room for a complete: for as much as the last one had, and no more than may wait. Nobody knows of the first
 * one how large it gets; it needs room for two volumes at least.
 *
 * @param free bytes that this user may still write
 * @param needed bytes that a complete may take
 */
public record CompleteRoom(RoomForecast forecast, long free, long needed) {
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
        long last = bundles.stream()
                .filter(bundle -> bundle.id().kind() == BundleKind.COMPLETE && bundle.bytes() > 0)
                .reduce((before, after) -> after)
                .map(SentBundle::bytes)
                .orElse(2 * settings.outbox().volumeSize());
        return Math.min(last, settings.outbox().maxSize());
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
