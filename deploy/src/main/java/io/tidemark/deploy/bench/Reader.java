package io.tidemark.deploy.bench;

import io.tidemark.deploy.kit.KitException;
import io.tidemark.deploy.kit.PostgresCluster;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Somebody who reads all tables of the replica all the time and remembers the longest wait for an answer. */
final class Reader implements AutoCloseable {
    private static final long PAUSE_NANOS = 2_000_000;

    private final Process psql;
    private final Thread thread;
    private final List<String> tables;
    private volatile boolean closing;
    private volatile long longestNanos;
    private volatile long queries;

    private Reader(Process psql, List<String> tables) {
        this.psql = psql;
        this.tables = tables;
        this.thread = new Thread(this::read, "bench-reader");
        thread.setDaemon(true);
        thread.start();
    }

    static Reader start(PostgresCluster cluster, String database) {
        List<String> tables = cluster.psql(
                        database,
                        "select format('%I.%I', schemaname, tablename) from pg_tables where schemaname = 'public'")
                .lines()
                .toList();
        ProcessBuilder builder = cluster.psql(database).with("-At").builder();
        builder.redirectInput(ProcessBuilder.Redirect.PIPE).redirectErrorStream(true);
        try {
            return new Reader(builder.start(), tables);
        } catch (IOException e) {
            throw new UncheckedIOException("psql cannot be started", e);
        }
    }

    private void read() {
        try (BufferedWriter ask =
                        new BufferedWriter(new OutputStreamWriter(psql.getOutputStream(), StandardCharsets.UTF_8));
                BufferedReader answer =
                        new BufferedReader(new InputStreamReader(psql.getInputStream(), StandardCharsets.UTF_8))) {
            for (int i = 0; !closing; i++) {
                String query = "select count(*) from (select from " + tables.get(i % tables.size()) + " limit 10) t;\n";
                long began = System.nanoTime();
                ask.write(query);
                ask.flush();
                String line = answer.readLine();
                if (line == null || !line.matches("\\d+")) {
                    throw new KitException("the reader got no answer but: " + line);
                }
                // The first answers fill the session's caches.
                if (i >= tables.size()) {
                    longestNanos = Math.max(longestNanos, System.nanoTime() - began);
                }
                queries = i;
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the reader's psql went away", e);
        }
    }

    /** The longest that a query took, from being asked to its answer. */
    double longestMillis() {
        return longestNanos / 1e6;
    }

    long queries() {
        return queries;
    }

    @Override
    public void close() {
        closing = true;
        try {
            thread.join();
            psql.waitFor();
        } catch (InterruptedException e) {
            psql.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
