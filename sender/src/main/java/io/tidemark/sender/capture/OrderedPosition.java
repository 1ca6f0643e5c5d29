package io.tidemark.sender.capture;

import io.tidemark.position.Lsn;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Positions of ordinary snapshots. Who reads one holds a lock from before until the snapshot is taken, so that of two bundles the one with
 * the later position shows all that the other shows.
 */
public final class OrderedPosition {
    /** "Tdms", as in the state file, and the first of our locks. */
    private static final String LOCK = "(1415867763, 1)";

    private OrderedPosition() {}

    /** Waits for no longer than the connection's lock_timeout. */
    public static Lsn begin(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("select pg_catalog.pg_advisory_lock" + LOCK);
            return Lsn.parse(Snapshot.single(
                    statement,
                    "select case when pg_catalog.pg_is_in_recovery() then pg_catalog.pg_last_wal_replay_lsn()"
                            + " else pg_catalog.pg_current_wal_insert_lsn() end::text"));
        }
    }

    public static void end(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("select pg_catalog.pg_advisory_unlock" + LOCK);
        }
    }

    /**
     * Writes a few bytes into the log, so that later positions are later ones: a commit whose record lies before the position may not have
     * been visible yet, and what shows it must not have the same position. Not on a standby, where nothing can be written.
     */
    public static void pass(Connection connection) throws SQLException {
        emit(connection, "false");
    }

    /** The same, and what is written is on disk; a synchronous standby is not waited for. */
    public static void passDurably(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set synchronous_commit = local");
            emit(connection, "true");
            statement.execute("reset synchronous_commit");
        }
    }

    private static void emit(Connection connection, String transactional) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            String allowed = "select not pg_catalog.pg_is_in_recovery() and exists (select from pg_catalog.pg_proc p"
                    + " where p.proname = 'pg_logical_emit_message'"
                    + " and pg_catalog.has_function_privilege(p.oid, 'execute'))";
            if ("t".equals(Snapshot.single(statement, allowed))) {
                statement.execute("select pg_catalog.pg_logical_emit_message(" + transactional + ", 'tidemark', '')");
            }
        }
    }
}
