package io.tidemark.sender.log;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** A server takes a moment to see that the reader of a slot has gone: what needs the slot is tried again meanwhile. */
final class SlotPatience {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration RETRY = Duration.ofMillis(100);
    /** SQLSTATE object_in_use. */
    private static final String IN_USE = "55006";

    private SlotPatience() {}

    /** Something that needs the slot for itself. */
    @FunctionalInterface
    interface Attempt<T> {
        T run() throws SQLException;
    }

    /** @throws SQLException (object_in_use) where somebody goes on reading it */
    static <T> T await(Attempt<T> attempt) throws SQLException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return attempt.run();
            } catch (SQLException failure) {
                if (!IN_USE.equals(failure.getSQLState())
                        || System.nanoTime() > end
                        || Thread.currentThread().isInterrupted()) {
                    throw failure;
                }
                LockSupport.parkNanos(RETRY.toNanos());
            }
        }
    }
}
