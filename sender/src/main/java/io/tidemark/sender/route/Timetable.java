package io.tidemark.sender.route;

import io.tidemark.settings.CronSchedule;
import io.tidemark.settings.Schedule;
import io.tidemark.transfer.Pulse;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * When the service does what.
 *
 * @param linkCheck when the link is tried; empty for never
 * @param retained bytes of log that the primary keeps back, asked now and then; empty where it keeps none or cannot be asked
 * @param maxRetained how many it may keep back
 * @param pulse how often it is looked what is due
 */
public record Timetable(
        CronSchedule complete,
        ZoneId zone,
        Optional<Schedule> partial,
        Optional<Schedule> linkCheck,
        Expectations expectations,
        Supplier<Optional<Long>> retained,
        long maxRetained,
        Pulse pulse) {
    Timetable(CronSchedule complete, ZoneId zone, Optional<Schedule> partial) {
        this(complete, zone, partial, Optional.empty(), Expectations.none(), Optional::empty, 0, Pulse.USUAL);
    }
}
