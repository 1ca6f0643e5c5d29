package io.tidemark.sender.log;

import io.tidemark.database.SqlResource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * A commit is in the log before others see what it did: for moments, and where it waits for a synchronous standby for as long as that
 * takes. Who changes how a table's rows look holds the table for itself until all see it; so the catalogue shows what the log's end had
 * once no table is held by such a transaction.
 */
final class UnseenCommits {
    /** Who holds a table for longer, and is not known to wait for a standby, has not committed yet. */
    private static final Duration MOMENT = Duration.ofMillis(100);

    private static final Duration RETRY = Duration.ofMillis(5);

    private UnseenCommits() {}

    /**
     * Lets the moment pass.
     *
     * @param oids of the tables whose definitions matter
     * @return a table whose change waits for a standby
     */
    static Optional<String> await(Connection connection, Collection<Long> oids) throws SQLException {
        long end = System.nanoTime() + MOMENT.toNanos();
        try (PreparedStatement query =
                connection.prepareStatement(SqlResource.read(UnseenCommits.class, "held-tables.sql"))) {
            query.setArray(1, connection.createArrayOf("int8", oids.toArray()));
            while (true) {
                boolean held = false;
                try (ResultSet row = query.executeQuery()) {
                    while (row.next()) {
                        held = true;
                        if (row.getBoolean("waiting")) {
                            return Optional.of(row.getString("table"));
                        }
                    }
                }
                if (!held || System.nanoTime() > end) {
                    return Optional.empty();
                }
                LockSupport.parkNanos(RETRY.toNanos());
            }
        }
    }
}
