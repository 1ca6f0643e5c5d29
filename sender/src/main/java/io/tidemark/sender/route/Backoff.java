package io.tidemark.sender.route;

import java.time.Duration;

/** How long to wait after so many failures in a row: {@code first}, doubled each time, at most {@code longest}. */
record Backoff(Duration first, Duration longest) {
    /** For a link. */
    static final Backoff LINK = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5));
    /** For a complete, which is work for the primary. */
    static final Backoff COMPLETE = new Backoff(Duration.ofMinutes(5), Duration.ofHours(1));

    private static final int MOST_DOUBLINGS = 20;

    /** @param failures 1 and up */
    Duration after(int failures) {
        Duration doubled = first.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
        return doubled.compareTo(longest) < 0 ? doubled : longest;
    }

    Backoff atMost(Duration other) {
        return new Backoff(first, other);
    }
}
