package io.tidemark.receiver.load;

import io.tidemark.database.Database;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The database sessions of one load: one that decides and merges, and several that copy and build. Only one receiver holds them at a time. */
public final class LoadSessions implements AutoCloseable {
    private static final String NAME = "tidemark load";
    /** "TIDEMARK" as a number: the advisory lock that keeps a second receiver out of this database. */
    private static final long LOCK = 0x544944454d41524bL;

    private final Database database;
    private final Connection main;
    private final List<Connection> workers = new ArrayList<>();

    private LoadSessions(Database database, Connection main) {
        this.database = database;
        this.main = main;
    }

    /** @param workers beside the session that decides; 0 where that does all */
    public static LoadSessions open(Database database, int workers) throws SQLException {
        LoadSessions sessions = beside(database, workers);
        try {
            sessions.lock();
            return sessions;
        } catch (SQLException | TidemarkException failure) {
            sessions.close();
            throw failure;
        }
    }

    /** Such as may be open while others load; until {@link #lock} they must not write to what a load writes to. */
    static LoadSessions beside(Database database, int workers) throws SQLException {
        LoadSessions sessions = new LoadSessions(database, database.open(NAME));
        try {
            Statements.execute(sessions.main, "SET temp_buffers = '64MB'; SET work_mem = '64MB'");
            // Workers keep the cores busy; a build that took helpers of its own would only make them wait for one
            // another. Indexes are sorted in the server's own maintenance_work_mem: with more, fresh memory costs what
            // fewer runs save.
            int helpers = Math.max(0, Runtime.getRuntime().availableProcessors() / Math.max(1, workers) - 1);
            for (int i = 0; i < workers; i++) {
                Connection worker = database.open(NAME);
                sessions.workers.add(worker);
                Statements.execute(
                        worker,
                        "SET synchronous_commit = off; SET lock_timeout = 0; SET max_parallel_maintenance_workers = "
                                + helpers);
            }
            return sessions;
        } catch (SQLException | TidemarkException failure) {
            sessions.close();
            throw failure;
        }
    }

    /** @throws TidemarkException (BUSY) where another receiver loads */
    void lock() throws SQLException {
        if (!Statements.single(main, "select pg_catalog.pg_try_advisory_lock(" + LOCK + ")")
                .equals("t")) {
            throw new TidemarkException(
                    FailureCode.BUSY,
                    "another receiver is loading into " + database.url(),
                    "only one receiver may load into a database; wait for it, or stop the other one");
        }
    }

    public Connection main() {
        return main;
    }

    List<Connection> workers() {
        return workers;
    }

    @Override
    public void close() throws SQLException {
        for (Connection worker : workers) {
            worker.close();
        }
        main.close();
    }

    /** From another thread than the one that works with them: what runs ends at once. */
    void abort() throws SQLException {
        for (Connection worker : workers) {
            worker.abort(Runnable::run);
        }
        main.abort(Runnable::run);
    }
}
