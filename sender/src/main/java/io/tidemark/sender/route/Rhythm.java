package io.tidemark.sender.route;

import io.tidemark.settings.CronSchedule;
import io.tidemark.settings.Schedule;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** When something is due that is done at once when the service begins, and then as a schedule says; a clock that is set back makes it due. */
final class Rhythm {
    private final Schedule schedule;
    private final ZoneId zone;
    private final Clock clock;
    private @Nullable Instant last;

    Rhythm(Schedule schedule, ZoneId zone, Clock clock) {
        this.schedule = schedule;
        this.zone = zone;
        this.clock = clock;
    }

    /** At most once true for each time. */
    synchronized boolean isDue() {
        Instant now = clock.instant();
        if (last != null && !now.isBefore(last) && now.isBefore(after(last))) {
            return false;
        }
        last = now;
        return true;
    }

    private Instant after(Instant time) {
        if (schedule instanceof Schedule.Every every) {
            return time.plus(every.interval());
        }
        return ((CronSchedule) schedule).next(time, zone).orElse(Instant.MAX);
    }
}
