package io.tidemark.sender.media;

import java.time.Clock;
import java.time.Duration;

/** Whether a reading of a file can be believed for long. */
final class Freshness {
    /**
     * A file changed so shortly before it was read may change once more without its time telling, where clocks tick coarsely; it is read
     * again the next time. A time in the future, as cameras write it, is not that of a change.
     */
    private static final long MILLIS = Duration.ofSeconds(2).toMillis();

    private final Clock clock;

    Freshness(Clock clock) {
        this.clock = clock;
    }

    boolean isTooFresh(long modifiedMillis) {
        return Math.abs(clock.millis() - modifiedMillis) < MILLIS;
    }
}
