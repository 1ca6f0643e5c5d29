package io.tidemark.room;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tidemark.text.Human;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The room of one folder, for people and scripts.
 *
 * @param key of the setting that names the folder
 * @param free bytes that this user may still write
 * @param perDay bytes that come in a day; absent where nothing tells
 * @param daysLeft until it is full; absent where that is not known, or never
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RoomForecast(
        String key,
        String folder,
        long free,
        @Nullable Long perDay,
        @Nullable Double daysLeft) {
    /**
     * @param more how much longer bundles gather before the oldest ones expire; empty where none expire
     * @return empty where the folder's file system does not tell its room
     */
    public static Optional<RoomForecast> of(String key, Path folder, OptionalLong perDay, Optional<Duration> more) {
        try {
            return Optional.of(
                    of(key, folder, Files.getFileStore(existing(folder)).getUsableSpace(), perDay, more));
        } catch (IOException unknown) {
            return Optional.empty();
        }
    }

    static RoomForecast of(String key, Path folder, long free, OptionalLong perDay, Optional<Duration> more) {
        if (perDay.isEmpty() || perDay.getAsLong() == 0) {
            return new RoomForecast(key, folder.toString(), free, perDay.isEmpty() ? null : 0L, null);
        }
        double days = free / (double) perDay.getAsLong();
        boolean enough = more.isPresent() && days >= more.get().toSeconds() / 86_400.0;
        return new RoomForecast(key, folder.toString(), free, perDay.getAsLong(), enough ? null : days);
    }

    /** The folder, or the nearest one above it that is there. */
    public static Path existing(Path folder) {
        Path found = folder;
        while (found.getParent() != null && !Files.exists(found)) {
            found = found.getParent();
        }
        return found;
    }

    /** Whether it is full within that time. */
    public boolean lastsLessThan(Duration time) {
        return daysLeft != null && daysLeft < time.toSeconds() / 86_400.0;
    }

    /** {@code 52.1 GB free in /srv, 1.2 GB a day, full in 43 days}. */
    public String text() {
        String day = perDay == null ? "" : ", " + Human.bytes(perDay) + " a day";
        String end = perDay == null
                ? ""
                : daysLeft == null
                        ? ", enough for as long as bundles are kept"
                        : String.format(Locale.ROOT, ", full in %.1f days", daysLeft);
        return Human.bytes(free) + " free in " + folder + day + end;
    }
}
