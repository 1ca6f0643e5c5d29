package io.tidemark.sender.partial;

import io.tidemark.sender.log.LogSource;
import io.tidemark.sender.log.LogWindow;
import java.time.Duration;

/** When a server is to note in its log from where it may begin: before a look that reads much, and while nothing else keeps a stream open. */
final class Notes {
    /** A server without a free slot, or a role that may not do it silently, is not asked again for so long. */
    private static final Duration DISTRUST = Duration.ofHours(1);
    /** A place to begin at is moved by the second note behind it; if not by this one, then a transaction is in the way. */
    private static final int ENOUGH_FOR_A_STREAM = 3;
    /** After this a server writes one by itself. */
    private static final Duration PAUSE = Duration.ofSeconds(15);

    private long wantedFrom = System.nanoTime();
    private long wantedForStreamFrom = wantedFrom;
    private int forStream;

    boolean areWanted(LogWindow window, boolean streams) {
        boolean worth = streams ? window.isLongBehindOnly() : window.isShort() && window.isWorthShortening();
        return worth && isPast(wantedFrom) && (!streams || isPast(wantedForStreamFrom));
    }

    private static boolean isPast(long nanoTime) {
        return System.nanoTime() - nanoTime >= 0;
    }

    /** @return whether some were written, as far as one knows */
    boolean write(LogSource source, boolean streams) {
        boolean written = source.shorten();
        if (!written) {
            wantedFrom = System.nanoTime() + DISTRUST.toNanos();
        }
        forStream = streams ? forStream + 1 : 0;
        if (forStream == ENOUGH_FOR_A_STREAM) {
            forStream = 0;
            wantedForStreamFrom = System.nanoTime() + PAUSE.toNanos();
        }
        return written;
    }
}
