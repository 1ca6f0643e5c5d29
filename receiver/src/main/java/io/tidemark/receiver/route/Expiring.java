package io.tidemark.receiver.route;

import io.tidemark.alarm.AlarmId;
import io.tidemark.alarm.Condition;
import io.tidemark.failure.TidemarkException;
import io.tidemark.receiver.retention.ArchiveRoom;
import io.tidemark.receiver.retention.ExpiryReport;
import io.tidemark.room.RoomForecast;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The step that removes what has outlived its time. Bundles are looked at every hour; contents that nothing names every day. */
final class Expiring {
    private static final Duration EVERY = Duration.ofHours(1);
    private static final Duration SWEEP_EVERY = Duration.ofDays(1);

    private static final Logger LOG = LoggerFactory.getLogger(Expiring.class);

    private final NodeParts parts;
    private Instant next = Instant.MIN;
    private Instant sweep = Instant.MIN;

    Expiring(NodeParts parts) {
        this.parts = parts;
    }

    /** @param sweep whether contents are looked for even where no bundle is removed */
    ExpiryReport run(boolean dryRun, boolean sweep) {
        try {
            return dryRun ? parts.expiry().dryRun() : parts.expiry().run(sweep);
        } catch (IOException failure) {
            throw new TidemarkException(
                    Intake.Failures.code(failure),
                    "cannot remove what has outlived its time: " + failure.getMessage(),
                    Intake.Failures.hint(failure, "check archive.folder, quarantine.folder and receipts.folder"),
                    failure);
        }
    }

    /**
     * The time of the next is set first: what fails is not tried again at once.
     *
     * @return whether it was due
     */
    boolean whenDue() {
        Instant now = parts.clock().instant();
        if (now.isBefore(next)) {
            return false;
        }
        next = now.plus(EVERY);
        watchRoom(now);
        boolean sweeps = !now.isBefore(sweep);
        ExpiryReport report = run(false, sweeps);
        if (sweeps && report.swept().postponed().isEmpty()) {
            sweep = now.plus(SWEEP_EVERY);
        }
        return true;
    }

    private void watchRoom(Instant now) {
        try {
            Optional<RoomForecast> forecast = ArchiveRoom.forecast(
                    parts.settings().archiveFolder(), parts.settings().lifetimes(), now);
            Duration warning = parts.settings().lifetimes().diskWarning();
            forecast.ifPresent(
                    room -> parts.alarms()
                            .set(
                                    room.lastsLessThan(warning),
                                    AlarmId.of(ReceiverCamel.EXPIRE, Condition.DISK_FILLING)
                                            .about("archive.folder"),
                                    () -> "archive.folder: " + room.text(),
                                    "make room, or shorten lifetime.complete, lifetime.partial and keep.…; expire --dry-run tells what goes"));
        } catch (IOException failure) {
            LOG.warn("cannot look how much room the archive has: {}", failure.getMessage());
        }
    }
}
