package io.tidemark.sender.log;

import io.tidemark.sender.capture.TemporarySlots;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes in the server's log of the transactions that are open, from which the reader of a slot may begin. By itself a server writes one each 15
 * seconds; before PostgreSQL 16, and there for superusers alone, it can be asked for them only by making a slot, which is gone again at once.
 */
final class StandbySnapshot {
    private static final Logger LOG = LoggerFactory.getLogger(StandbySnapshot.class);
    /** One note comes before the server waits for who is open; the others, after that, are worth no more than this. */
    private static final Duration LONGEST_WAIT = Duration.ofMillis(10);

    /** Many may be open, for each of whom the server waits. */
    private static final Duration LONGEST = Duration.ofMillis(100);

    /** SQLSTATE lock_not_available and query_canceled. */
    private static final Set<String> TIMED_OUT = Set.of("55P03", "57014");

    /** SQLSTATE class insufficient_resources: no slot is free. */
    private static final String NO_RESOURCES = "53";
    /** SQLSTATE insufficient_privilege: the role may not be quiet. */
    private static final String NOT_ALLOWED = "42501";

    private StandbySnapshot() {}

    /**
     * Lets the server write some, and nothing into the log that people read.
     *
     * @param connection outside of a transaction
     * @return whether it is worth trying again soon
     */
    static boolean write(Connection connection) {
        try {
            attempt(connection);
            return true;
        } catch (SQLException failure) {
            LOG.debug("the server notes nothing", failure);
            String state = String.valueOf(failure.getSQLState());
            return !state.startsWith(NO_RESOURCES) && !state.equals(NOT_ALLOWED);
        }
    }

    private static void attempt(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try {
            makeSlot(connection);
            connection.commit();
        } catch (SQLException failure) {
            connection.rollback();
            if (!TIMED_OUT.contains(String.valueOf(failure.getSQLState()))) {
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
            statement.execute("set local statement_timeout = " + LONGEST.toMillis());
            Hush.forTransaction(statement);
            slot.setString(1, TemporarySlots.name("snapshot"));
            try (ResultSet row = slot.executeQuery()) {
                row.next();
            }
        }
    }
}
