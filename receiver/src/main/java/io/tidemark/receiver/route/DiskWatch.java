package io.tidemark.receiver.route;

import io.tidemark.alarm.AlarmId;
import io.tidemark.alarm.Condition;
import io.tidemark.receiver.retention.ArchiveRoom;
import io.tidemark.receiver.settings.ReceiverSettings;
import io.tidemark.room.Disk;
import io.tidemark.room.RoomForecast;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells before a disk is full: the archive's by what comes each day, and any of the receiver's when hardly any room is left. */
final class DiskWatch {
    private static final Duration EVERY = Duration.ofMinutes(10);
    private static final String ARCHIVE = "archive.folder";
    private static final String HINT =
            "make room, or shorten lifetime.complete, lifetime.partial and keep.…; expire --dry-run tells what goes";

    private static final Logger LOG = LoggerFactory.getLogger(DiskWatch.class);

    private final NodeParts parts;
    private Instant next = Instant.MIN;

    DiskWatch(NodeParts parts) {
        this.parts = parts;
    }

    void whenDue() {
        Instant now = parts.clock().instant();
        if (now.isBefore(next)) {
            return;
        }
        next = now.plus(EVERY);
        Set<FileStore> seen = new HashSet<>();
        folders().forEach((key, folder) -> {
            Optional<Disk> disk = Disk.of(folder);
            if (disk.isPresent() && seen.add(disk.get().store())) {
                look(key, folder, disk.get(), now);
            }
        });
    }

    /** The archive first: of folders on one disk it speaks for all. */
    private Map<String, Path> folders() {
        ReceiverSettings settings = parts.settings();
        Map<String, Path> folders = new LinkedHashMap<>();
        folders.put(ARCHIVE, settings.archiveFolder());
        folders.put("work.folder", settings.workFolder());
        folders.put("inbox.folder", settings.inboxFolder());
        settings.mediaFolder().ifPresent(folder -> folders.put("media.folder", folder));
        return folders;
    }

    private void look(String key, Path folder, Disk disk, Instant now) {
        Optional<RoomForecast> forecast = key.equals(ARCHIVE) ? forecast(now) : Optional.empty();
        boolean fills = forecast.filter(
                        room -> room.lastsLessThan(parts.settings().lifetimes().diskWarning()))
                .isPresent();
        parts.alarms()
                .set(
                        fills || disk.isNearlyFull(),
                        AlarmId.of(ReceiverCamel.EXPIRE, Condition.DISK_FILLING).about(key),
                        () -> key + ": "
                                + forecast.filter(any -> fills)
                                        .map(RoomForecast::text)
                                        .orElseGet(() -> disk.text() + " in " + folder),
                        HINT);
    }

    private Optional<RoomForecast> forecast(Instant now) {
        try {
            return ArchiveRoom.forecast(
                    parts.settings().archiveFolder(), parts.settings().lifetimes(), now);
        } catch (IOException failure) {
            LOG.warn("cannot look how much room the archive has: {}", failure.getMessage());
            return Optional.empty();
        }
    }
}
