package io.tidemark.sender.route;

import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.settings.CronSchedule;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * When a complete is due: when the last one was made before the schedule's last time, or none was ever made. That one rule holds for a
 * service that was down or suspended at that time, and for a clock that was set. After a failure that may pass, it is tried again before
 * the next time.
 */
public final class ScheduledComplete {
    static final String LABEL = "scheduled";
    static final String REQUESTED = "requested";
    private static final Duration AFTER_ANOTHER = Duration.ofSeconds(5);

    private final CronSchedule schedule;
    private final ZoneId zone;
    private final Clock clock;
    private final Supplier<Optional<Instant>> last;
    private final BooleanSupplier requested;
    private final Consumer<String> step;
    private int failures;
    private Instant notBefore = Instant.MIN;
    /** The time for which nothing is left to do: a complete was made, or failed for good. */
    private @Nullable Instant settled;
    /** The time before which one that is asked for cannot be made: it failed for good. */
    private @Nullable Instant refused;

    /**
     * @param last when the newest complete was made, whoever asked for it
     * @param requested whether one is asked for whatever the time
     * @param step makes one with the label it is given
     */
    ScheduledComplete(
            CronSchedule schedule,
            ZoneId zone,
            Clock clock,
            Supplier<Optional<Instant>> last,
            BooleanSupplier requested,
            Consumer<String> step) {
        this.schedule = schedule;
        this.zone = zone;
        this.clock = clock;
        this.last = last;
        this.requested = requested;
        this.step = step;
    }

    public boolean isDue() {
        Instant now = clock.instant();
        Optional<Instant> time = schedule.previous(now, zone);
        if (!now.isBefore(notBefore) && !time.equals(Optional.ofNullable(refused)) && requested.getAsBoolean()) {
            return true;
        }
        if (time.isEmpty() || time.get().equals(settled) || now.isBefore(notBefore)) {
            return false;
        }
        Instant due = time.get();
        boolean owed =
                last.get().map(made -> made.isBefore(due) || made.isAfter(now)).orElse(true);
        if (!owed) {
            settled = due;
        }
        return owed;
    }

    public void run() {
        Instant time = schedule.previous(clock.instant(), zone).orElseThrow();
        Duration rest = Duration.ZERO;
        boolean made = false;
        try {
            step.accept(requested.getAsBoolean() ? REQUESTED : LABEL);
            made = true;
            failures = 0;
        } catch (TidemarkException e) {
            rest = rest(e.code());
            throw e;
        } finally {
            boolean again = !rest.isZero();
            settled = again ? null : time;
            refused = made || again ? null : time;
            notBefore = again ? clock.instant().plus(rest) : Instant.MIN;
        }
    }

    /** Before it is tried again; zero for never. Whoever meets another one under way has cost the primary nothing, and may be needed at once. */
    private Duration rest(FailureCode code) {
        if (code == FailureCode.BUSY) {
            return AFTER_ANOTHER;
        }
        failures++;
        return code.retryable() ? Backoff.COMPLETE.after(failures) : Duration.ZERO;
    }
}
