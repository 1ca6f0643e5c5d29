package io.tidemark.receiver.route;

import java.time.Duration;
import java.time.Instant;

/** One tick of the service. After a failure it rests, longer each time, unless something new has arrived meanwhile. */
final class Poll {
    private static final Duration LONGEST_REST = Duration.ofMinutes(5);

    private final ReceiverNode node;
    private Duration rest = Duration.ZERO;
    private Instant resumed = Instant.EPOCH;

    Poll(ReceiverNode node) {
        this.node = node;
    }

    /** Called by the timer, never twice at once. */
    public void once() {
        if (node.now().isBefore(resumed) && !node.hasArrivals()) {
            return;
        }
        boolean well = false;
        try {
            well = node.poll().failure().isEmpty();
        } finally {
            rest = well ? Duration.ZERO : longer(rest);
            resumed = node.now().plus(rest);
        }
    }

    private static Duration longer(Duration rest) {
        Duration next = rest.isZero() ? Duration.ofSeconds(5) : rest.multipliedBy(2);
        return next.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : next;
    }
}
