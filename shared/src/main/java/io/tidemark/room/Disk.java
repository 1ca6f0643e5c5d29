package io.tidemark.room;

import io.tidemark.text.Human;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The file system below a folder.
 *
 * @param free bytes that this user may still write
 * @param total bytes
 */
public record Disk(FileStore store, long free, long total) {
    private static final long LITTLE = 1L << 30;
    private static final int PART = 20;

    /** @return empty where it does not tell its room */
    public static Optional<Disk> of(Path folder) {
        try {
            FileStore store = Files.getFileStore(RoomForecast.existing(folder));
            return Optional.of(new Disk(store, store.getUsableSpace(), store.getTotalSpace()));
        } catch (IOException unknown) {
            return Optional.empty();
        }
    }

    /** Whether little is left, whatever comes each day: less than a twentieth, and less than 1 GB. */
    public boolean isNearlyFull() {
        return isNearlyFull(free, total);
    }

    static boolean isNearlyFull(long free, long total) {
        return free < LITTLE && free < total / PART;
    }

    public String text() {
        return Human.bytes(free) + " of " + Human.bytes(total) + " are free";
    }
}
