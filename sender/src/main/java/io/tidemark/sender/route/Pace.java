package io.tidemark.sender.route;

import java.time.Clock;
import java.time.Instant;

/** Lets something that failed rest, longer after each failure. */
public final class Pace {
    private final Clock clock;
    private final Backoff backoff;
    private int failures;
    private Instant notBefore = Instant.MIN;

    Pace(Clock clock, Backoff backoff) {
        this.clock = clock;
        this.backoff = backoff;
    }

    public synchronized boolean isDue() {
        return !clock.instant().isBefore(notBefore);
    }

    synchronized void note(boolean success) {
        failures = success ? 0 : failures + 1;
        notBefore = success ? Instant.MIN : clock.instant().plus(backoff.after(failures));
    }
}
