package io.tidemark.receiver.postprocess;

import io.tidemark.database.Database;
import java.io.Closeable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches a run from a thread of its own: ends it after its time, when the service stops, and when a load waits for a lock that the run
 * holds. Loading never waits for post-processing longer than {@code patience}.
 */
final class StepWatch implements Closeable {
    static final String SESSION = "tidemark post step";

    private static final Logger LOG = LoggerFactory.getLogger(StepWatch.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    /** Sessions of steps for whose locks a load waits. Parameter: since how long at least. */
    private static final String BLOCKING = "select b.pid from pg_catalog.pg_stat_activity l"
            + " cross join lateral pg_catalog.unnest(pg_catalog.pg_blocking_pids(l.pid)) p (pid)"
            + " join pg_catalog.pg_stat_activity b on b.pid = p.pid"
            + " where l.datname = pg_catalog.current_database() and l.wait_event_type = 'Lock'"
            + " and l.application_name = 'tidemark load' and b.application_name like '" + SESSION + "%'"
            + " and l.query_start < pg_catalog.clock_timestamp() - ? * interval '1 millisecond'";

    private final Database database;
    private final Duration timeout;
    private final Duration patience;
    private final Runnable end;
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable StepFailedException why;

    /** @param end ends the run; may be called more than once */
    StepWatch(Database database, String step, Duration timeout, Duration patience, Runnable end) {
        this.database = database;
        this.timeout = timeout;
        this.patience = patience;
        this.end = end;
        this.thread = new Thread(this::watch, "watch-" + step);
        thread.setDaemon(true);
        thread.start();
    }

    /** Why the run was ended; null where it was not. */
    @Nullable
    StepFailedException why() {
        return why;
    }

    /** The service stops. */
    void stop() {
        why = new StepFailedException("it was ended as the receiver stops", true);
        end.run();
    }

    private void watch() {
        long deadline = System.nanoTime() + timeout.toNanos();
        try {
            while (!over.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                if (System.nanoTime() > deadline) {
                    why = new StepFailedException(
                            "it ran for longer than its timeout, " + timeout.toSeconds() + " s", false);
                } else if (why == null && blocksALoad()) {
                    why = new StepFailedException("it made way for a load that waited for its locks", true);
                }
                if (why != null) {
                    end.run();
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean blocksALoad() {
        try (Connection connection = database.open("tidemark post");
                PreparedStatement select = connection.prepareStatement("select exists (" + BLOCKING + ")")) {
            select.setLong(1, patience.toMillis());
            try (var row = select.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        } catch (SQLException away) {
            LOG.debug("cannot look whether a step blocks a load: {}", away.getMessage());
            return false;
        }
    }

    @Override
    public void close() {
        over.countDown();
        try {
            thread.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
