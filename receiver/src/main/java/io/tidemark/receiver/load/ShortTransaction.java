package io.tidemark.receiver.load;

import io.tidemark.database.SqlFailures;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Changes definitions without blocking readers: a statement that queues for a strong lock makes every later reader queue behind it, so
 * it waits only for a moment, steps back and tries again.
 */
public final class ShortTransaction {
    static final Duration LOCK_TIMEOUT = Duration.ofMillis(40);
    private static final int TRIES = 120;
    private static final long PAUSE_MILLIS = 250;

    private final Connection connection;

    public ShortTransaction(Connection connection) {
        this.connection = connection;
    }

    public void run(Statements.Work work) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try {
                Statements.transaction(connection, () -> {
                    Statements.execute(connection, "SET LOCAL lock_timeout = " + LOCK_TIMEOUT.toMillis());
                    work.run();
                });
                return;
            } catch (SQLException failure) {
                if (attempt == TRIES || !SqlFailures.passing(failure)) {
                    throw failure;
                }
            } catch (TidemarkException failure) {
                if (attempt == TRIES || failure.code() != FailureCode.DATABASE || connection.isClosed()) {
                    throw failure;
                }
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new TidemarkException(FailureCode.FAILED, "the load was stopped", "start it again", stopped);
        }
    }
}
