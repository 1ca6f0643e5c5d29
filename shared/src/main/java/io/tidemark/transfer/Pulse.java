package io.tidemark.transfer;

import java.time.Duration;

/**
 * How often the routes of a service look whether something is due by its clock. One that follows another clock than the machine's, as in tests,
 * has to look more often.
 *
 * @param longest no such route rests longer
 */
public record Pulse(Duration longest) {
    /** Each route rests as long as suits it. */
    public static final Pulse USUAL = new Pulse(Duration.ofDays(1));

    public Pulse {
        if (longest.toMillis() < 1) {
            throw new IllegalArgumentException("no pulse: " + longest);
        }
    }

    /** A timer's endpoint: waits {@code first}, and after each of its turns {@code rest}, or less. */
    public String timer(String name, Duration first, Duration rest) {
        return "timer:" + name + "?fixedRate=false&delay=" + millis(first) + "&period=" + millis(rest);
    }

    private long millis(Duration usual) {
        return Math.min(usual.toMillis(), longest.toMillis());
    }
}
