package io.tidemark.sender.state;

import java.io.Closeable;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.SynchronousMode;

/**
 * One connection to the state file, used by one thread at a time; other processes may have the file open too. A write is on disk when
 * {@link #write} returns.
 */
final class StateDatabase implements Closeable {
    private static final int BUSY_MILLIS = 30_000;
    private static final String LIBRARY_FOLDER = "org.sqlite.tmpdir";

    private final Path file;
    private final Connection connection;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    private StateDatabase(Path file, Connection connection) {
        this.file = file;
        this.connection = connection;
    }

    /** Work inside the lock. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws SQLException;
    }

    static StateDatabase open(Path file) {
        unpackLibraryBeside(file);
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLIS);
        config.setSynchronous(SynchronousMode.FULL);
        try {
            Connection connection = config.createConnection("jdbc:sqlite:" + file.toAbsolutePath());
            boolean ready = false;
            try (Statement statement = connection.createStatement()) {
                StateSchema.prepare(file, statement);
                ready = true;
            } finally {
                if (!ready) {
                    connection.close();
                }
            }
            return new StateDatabase(file, connection);
        } catch (SQLException failure) {
            throw StateFailures.of(file, failure);
        }
    }

    /** The driver unpacks its native library: into a folder of ours, where /tmp may be closed to programs, and kill -9 leaves it behind. */
    private static void unpackLibraryBeside(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (System.getProperty(LIBRARY_FOLDER) == null && folder != null) {
            System.setProperty(LIBRARY_FOLDER, folder.toString());
        }
    }

    /** Each statement of the work is a transaction of its own. */
    <T> T read(Work<T> work) {
        lock.lock();
        try {
            return work.run();
        } catch (SQLException failure) {
            throw StateFailures.of(file, failure);
        } finally {
            lock.unlock();
        }
    }

    /** All or nothing, and durable. Must not be nested. */
    <T> T write(Work<T> work) {
        lock.lock();
        try {
            update("BEGIN IMMEDIATE");
            boolean committed = false;
            try {
                T result = work.run();
                update("COMMIT");
                committed = true;
                return result;
            } finally {
                if (!committed) {
                    rollBack();
                }
            }
        } catch (SQLException failure) {
            throw StateFailures.of(file, failure);
        } finally {
            lock.unlock();
        }
    }

    /** SQLite has rolled back by itself after some failures; saying it again must not hide the first failure. */
    private void rollBack() throws SQLException {
        try {
            update("ROLLBACK");
        } catch (SQLException alreadyRolledBack) {
            if (!String.valueOf(alreadyRolledBack.getMessage()).contains("no transaction")) {
                throw alreadyRolledBack;
            }
        }
    }

    /** A statement kept for the life of the connection, with its parameters set. Only inside work. */
    PreparedStatement statement(String sql, @Nullable Object... parameters) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
        }
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }

    int update(String sql, @Nullable Object... parameters) throws SQLException {
        return statement(sql, parameters).executeUpdate();
    }

    boolean exists(String sql, Object... parameters) throws SQLException {
        try (ResultSet rows = statement(sql, parameters).executeQuery()) {
            return rows.next();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            connection.close();
        } catch (SQLException failure) {
            throw StateFailures.of(file, failure);
        } finally {
            lock.unlock();
        }
    }
}
