package io.tidemark.sender.route;

import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.settings.CronSchedule;
import io.tidemark.settings.Schedule;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/**
 * When a partial is due: at once when the service begins, then as the schedule says. A time that was missed needs no care, as the next partial
 * brings all that happened since the last.
 */
public final class ScheduledPartial {
    static final String LABEL = "scheduled";
    /** The stream stays open between two ticks that are no further apart; servers end one that is silent for a minute. */
    private static final Duration CLOSE_TOGETHER = Duration.ofSeconds(20);

    /** No longer than from one look at what is due to the next. */
    private static final Duration A_MOMENT = Duration.ofMillis(80);

    private static final Backoff REST = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));

    private final Schedule schedule;
    private final ZoneId zone;
    private final Clock clock;
    private final Partials step;
    private Instant last = Instant.MIN;
    private Instant notBefore = Instant.MIN;
    private int failures;

    ScheduledPartial(Schedule schedule, ZoneId zone, Clock clock, Partials step) {
        this.schedule = schedule;
        this.zone = zone;
        this.clock = clock;
        this.step = step;
    }

    public boolean isDue() {
        Instant now = clock.instant();
        if (last.equals(Instant.MIN) || now.isBefore(last)) {
            return !now.isBefore(notBefore);
        }
        return !now.isBefore(notBefore) && !now.isBefore(next());
    }

    private Instant next() {
        if (schedule instanceof Schedule.Every every) {
            return last.plus(every.interval());
        }
        return ((CronSchedule) schedule).next(last, zone).orElse(Instant.MAX);
    }

    public void run() {
        last = clock.instant();
        boolean made = false;
        try {
            step.make(LABEL, isFrequent());
            made = true;
        } catch (TidemarkException failure) {
            if (failure.code() == FailureCode.BUSY) {
                made = true;
                return;
            }
            throw failure;
        } finally {
            failures = made ? 0 : failures + 1;
            notBefore = made ? Instant.MIN : clock.instant().plus(REST.after(failures));
        }
    }

    /** At a moment at which none is due. */
    public void readAhead() {
        if (isFrequent()) {
            step.readAhead(A_MOMENT);
        }
    }

    private boolean isFrequent() {
        return schedule instanceof Schedule.Every every && every.interval().compareTo(CLOSE_TOGETHER) <= 0;
    }
}
