package io.tidemark.receiver.load;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Small helpers over JDBC for statements without parameters. */
public final class Statements {
    private Statements() {}

    /** Runs SQL as it stands: no JDBC escapes. */
    public static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        }
    }

    /** @return how many rows it touched */
    public static long update(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            return statement.executeLargeUpdate(sql);
        }
    }

    public static String single(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return String.valueOf(row.getString(1));
        }
    }

    /** Work inside a transaction of its own. */
    @FunctionalInterface
    public interface Work {
        void run() throws SQLException;
    }

    /** {@link #transaction} in which every statement sees the same: at REPEATABLE READ. */
    static void snapshot(Connection connection, Work work) throws SQLException {
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        try {
            transaction(connection, work);
        } finally {
            if (!connection.isClosed()) {
                connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            }
        }
    }

    /** Commits when the work is done; on any failure the transaction is rolled back. */
    public static void transaction(Connection connection, Work work) throws SQLException {
        connection.setAutoCommit(false);
        boolean committed = false;
        try {
            work.run();
            connection.commit();
            committed = true;
        } finally {
            if (!committed && !connection.isClosed()) {
                connection.rollback();
            }
            if (!connection.isClosed()) {
                connection.setAutoCommit(true);
            }
        }
    }
}
