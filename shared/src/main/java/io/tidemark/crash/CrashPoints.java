package io.tidemark.crash;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Named places at which a test can halt the process as kill -9 would. {@code TIDEMARK_CRASH_AT=name:n} in the environment halts at the
 * n-th passing of that place; without it every place does nothing.
 */
public final class CrashPoints {
    public static final String VARIABLE = "TIDEMARK_CRASH_AT";
    /** What a process killed by signal 9 reports. */
    public static final int EXIT_CODE = 137;

    private final String name;
    private final AtomicInteger left;

    private CrashPoints(String name, int passing) {
        this.name = name;
        this.left = new AtomicInteger(passing);
    }

    public static CrashPoints none() {
        return new CrashPoints("", 0);
    }

    /** @param value {@code name} or {@code name:n}; empty for none */
    public static CrashPoints of(String value) {
        int colon = value.lastIndexOf(':');
        return colon < 0
                ? new CrashPoints(value.toLowerCase(Locale.ROOT), 1)
                : new CrashPoints(
                        value.substring(0, colon).toLowerCase(Locale.ROOT),
                        Integer.parseInt(value.substring(colon + 1)));
    }

    public void pass(Enum<?> point) {
        if (!name.isEmpty() && name.equals(word(point)) && left.decrementAndGet() == 0) {
            Runtime.getRuntime().halt(EXIT_CODE);
        }
    }

    /** {@code AFTER_RENAME} is written {@code after-rename}. */
    public static String word(Enum<?> point) {
        return point.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
