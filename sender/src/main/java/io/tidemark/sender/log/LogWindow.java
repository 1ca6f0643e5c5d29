package io.tidemark.sender.log;

import io.tidemark.position.Lsn;

/**
 * How much of its log a server has to read for a tick, in bytes.
 *
 * @param fresh what was written since the last one
 * @param whole that, and what it has to read again: from the oldest transaction on that was open, or a little before
 */
public record LogWindow(long fresh, long whole) {
    private static final long MEBI = 1L << 20;
    /** More than this at once is the work of large transactions, which are best told while they are open. */
    private static final long MOST_FRESH = 16 * MEBI;
    /** What the server puts aside until it is fetched is hardly more than what it reads. */
    private static final long MOST = 256 * MEBI;
    /** Reading this is nothing. */
    private static final long LITTLE = 4 * MEBI;
    /** Costs the server about as much to read once more as a note costs that saves it. */
    private static final long HARDLY = MEBI / 2;
    /** A server remembers a new place to begin at each 15 seconds; an old transaction holds that place back for as long as it is open. */
    private static final long MOST_TIMES = 64;

    /**
     * @param from where the last tick ended
     * @param to where this one ends
     */
    public static LogWindow of(Slot.Standing slot, Lsn from, Lsn to) {
        long fresh = Math.max(0, to.value() - from.value());
        return new LogWindow(fresh, Math.max(fresh, slot.retained()));
    }

    /** Whether it is cheaper for the server to read the window by itself than to tell all the time what comes. */
    public boolean isShort() {
        return fresh <= MOST_FRESH && whole <= Math.min(MOST, Math.max(LITTLE, MOST_TIMES * fresh));
    }

    /** Whether it will most likely stay like that. */
    public boolean isClearlyShort() {
        return new LogWindow(2 * fresh, 2 * whole).isShort();
    }

    /** Whether nothing but a place to begin at that is too old makes it long. */
    public boolean isLongBehindOnly() {
        return !isClearlyShort() && new LogWindow(fresh, fresh).isClearlyShort();
    }

    /** Whether the next tick would read so much once more that the server should be given a nearer place to begin at; an idle one is left alone. */
    public boolean isWorthShortening() {
        return whole > HARDLY && whole <= MOST_TIMES * fresh;
    }
}
