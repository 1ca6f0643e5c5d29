package io.tidemark.sender.log;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * A note in the server's log of the transactions that are open, from which the reader of a slot may begin. By itself a server writes one each
 * 15 seconds; before PostgreSQL 16, and there for superusers alone, it can be asked for one only by making a slot, which is gone again at once.
 */
final class StandbySnapshot {
    /** The note comes before the server waits for who is open, which is of no interest here. */
    private static final Duration LONGEST_WAIT = Duration.ofMillis(10);

    /** SQLSTATE lock_not_available. */
    private static final String TIMED_OUT = "55P03";

    private static final SecureRandom RANDOM = new SecureRandom();

    private StandbySnapshot() {}

    /**
     * Lets the server write one.
     *
     * @param connection outside of a transaction
     * @throws SQLException (configuration_limit_exceeded) where no slot is free
     */
    static void write(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try {
            makeSlot(connection);
            connection.commit();
        } catch (SQLException failure) {
            connection.rollback();
            if (!TIMED_OUT.equals(failure.getSQLState())) {
                throw failure;
            }
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private static void makeSlot(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                PreparedStatement slot =
                        connection.prepareStatement("select pg_catalog.pg_drop_replication_slot(slot_name)"
                                + " from pg_catalog.pg_create_logical_replication_slot(?, 'pgoutput', true)")) {
            statement.execute("set local lock_timeout = " + LONGEST_WAIT.toMillis());
            slot.setString(1, "tidemark_snapshot_" + Long.toUnsignedString(RANDOM.nextLong(), 36));
            try (ResultSet row = slot.executeQuery()) {
                row.next();
            }
        }
    }
}
