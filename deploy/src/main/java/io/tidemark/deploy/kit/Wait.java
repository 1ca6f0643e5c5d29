package io.tidemark.deploy.kit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Looks again and again until something is true. */
public final class Wait {

    private Wait() {}

    /** @throws KitException where it is still not true after {@code patience}; its message names {@code what} */
    public static void until(String what, Duration patience, BooleanSupplier condition) {
        long end = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new KitException(what + ": not within " + patience.toSeconds() + " s");
            }
            pause(Duration.ofMillis(20));
        }
    }

    /** Returns early when the thread is interrupted. */
    static void pause(Duration time) {
        LockSupport.parkNanos(time.toNanos());
    }
}
