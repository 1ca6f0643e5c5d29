package io.tidemark.receiver.load;

import io.tidemark.database.SqlFailures;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.logging.LogScope;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Work on a database that several connections share: a task runs when those it needs are done and no running task excludes it; of those
 * that may run, the weightiest goes first, so that all connections end at about the same time.
 */
final class TaskGraph {
    private final List<Task> waiting = new ArrayList<>();
    private final Set<Object> known = new HashSet<>();
    private final Set<Object> done = new HashSet<>();
    private final Map<Object, Integer> held = new HashMap<>();
    private @Nullable Throwable failure;

    /** One step on one connection. */
    @FunctionalInterface
    interface Work {
        void run(Connection connection) throws SQLException, IOException;
    }

    /**
     * @param id tells this task in the {@code needs} of others
     * @param what for messages
     * @param needs ids of tasks that have to be done before; ids that no task has count as done
     * @param locks what it works on
     * @param exclusive whether others on the same locks have to wait; tasks that are not exclusive share their locks
     */
    record Task(
            Object id, String what, long weight, Set<Object> needs, Set<Object> locks, boolean exclusive, Work work) {}

    void add(Task task) {
        waiting.add(task);
        known.add(task.id());
    }

    /** Returns when all is done. After a failure nothing new is begun and the other connections are closed. */
    void run(List<Connection> connections) {
        waiting.sort(Comparator.comparingLong(Task::weight).reversed());
        List<Thread> threads = new ArrayList<>();
        for (Connection connection : connections) {
            Thread thread = new Thread(LogScope.carried(() -> work(connection, connections)), "tidemark-load");
            thread.setUncaughtExceptionHandler((dead, cause) -> failed(cause, connections));
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            join(thread, connections);
        }
        if (failure != null) {
            throw failure instanceof TidemarkException known
                    ? known
                    : new IllegalStateException("a load worker died", failure);
        }
    }

    private void join(Thread thread, List<Connection> connections) {
        try {
            thread.join();
        } catch (InterruptedException stopped) {
            failed(
                    new TidemarkException(FailureCode.FAILED, "the load was stopped", "start it again", stopped),
                    connections);
            Thread.currentThread().interrupt();
        }
    }

    private void work(Connection connection, List<Connection> all) {
        for (Task task = take(); task != null; task = take()) {
            try {
                task.work().run(connection);
                finish(task);
            } catch (SQLException broken) {
                failed(SqlFailures.of(task.what(), broken), all);
            } catch (IOException broken) {
                failed(LoadFailures.io(task.what(), broken), all);
            }
        }
    }

    private synchronized @Nullable Task take() {
        while (failure == null && !waiting.isEmpty()) {
            for (Task task : waiting) {
                if (ready(task)) {
                    waiting.remove(task);
                    task.locks()
                            .forEach(lock ->
                                    held.merge(lock, task.exclusive() ? Integer.MIN_VALUE / 2 : 1, Integer::sum));
                    return task;
                }
            }
            try {
                wait();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return null;
            }
        }
        return null;
    }

    private boolean ready(Task task) {
        boolean free = task.locks().stream()
                .allMatch(lock -> task.exclusive() ? held.getOrDefault(lock, 0) == 0 : held.getOrDefault(lock, 0) >= 0);
        return free && task.needs().stream().allMatch(need -> done.contains(need) || !known.contains(need));
    }

    private synchronized void finish(Task task) {
        task.locks().forEach(lock -> held.merge(lock, task.exclusive() ? -(Integer.MIN_VALUE / 2) : -1, Integer::sum));
        done.add(task.id());
        notifyAll();
    }

    private synchronized void failed(Throwable cause, List<Connection> connections) {
        if (failure == null) {
            failure = cause;
            connections.forEach(TaskGraph::abort);
        }
        notifyAll();
    }

    private static void abort(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException alreadyGone) {
            org.slf4j.LoggerFactory.getLogger(TaskGraph.class).debug("closing a load connection", alreadyGone);
        }
    }
}
