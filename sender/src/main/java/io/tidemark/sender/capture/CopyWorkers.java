package io.tidemark.sender.capture;

import io.tidemark.crash.CrashPoints;
import io.tidemark.database.CopyRows;
import io.tidemark.database.SqlFailures;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.logging.LogScope;
import io.tidemark.progress.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;

/** Runs the COPYs of a job on several connections at once, all inside one snapshot. The first failure stops all. */
final class CopyWorkers {
    static final String STAGE = "rows";
    /** Bytes of a heap page, as nearly every server is built; only progress depends on it. */
    static final int PAGE = 8192;

    private static final int END_SECONDS = 10;

    private final Supplier<PartSink> sinks;
    private final Progress progress;
    private final PartRecall recall;
    private final CrashPoints crashPoints;

    CopyWorkers(Supplier<PartSink> sinks, PartRecall recall, Progress progress, CrashPoints crashPoints) {
        this.sinks = sinks;
        this.recall = recall;
        this.progress = progress;
        this.crashPoints = crashPoints;
    }

    void run(CopyJob job, List<Connection> connections) {
        ExecutorService threads = Executors.newFixedThreadPool(
                connections.size(), task -> new Thread(LogScope.carried(task), "tidemark-copy"));
        try {
            List<Future<Void>> workers = new ArrayList<>();
            for (Connection connection : connections) {
                PartSink sink = sinks.get();
                workers.add(threads.submit((Callable<Void>) () -> {
                    work(job, connection, sink);
                    return null;
                }));
            }
            awaitAll(workers);
        } finally {
            connections.forEach(CopyWorkers::cancel);
            threads.shutdownNow();
            awaitEnd(threads);
        }
    }

    /** Whoever still packs a content has to be gone before the bundle is given up. */
    private static void awaitEnd(ExecutorService threads) {
        boolean stopped = Thread.interrupted();
        try {
            if (!threads.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
                LoggerFactory.getLogger(CopyWorkers.class).warn("a COPY worker does not end");
            }
        } catch (InterruptedException again) {
            stopped = true;
        }
        if (stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void work(CopyJob job, Connection connection, PartSink sink) throws IOException {
        PartBuffer buffer = new PartBuffer(sink);
        for (CopyJob.Work work = job.next();
                work != null && !Thread.currentThread().isInterrupted();
                work = job.next()) {
            PartPlan plan = work.plan();
            job.done(plan, part(connection, buffer, work));
            progress.advance(STAGE, (long) plan.pagesPerPart() * PAGE);
            crashPoints.pass(CaptureStep.PART_COPIED);
        }
    }

    private CopiedPart part(Connection connection, PartBuffer buffer, CopyJob.Work work) throws IOException {
        PartPlan plan = work.plan();
        try {
            Optional<CopiedPart> unchanged = recall.unchanged(connection, plan, work.part());
            if (unchanged.isPresent()) {
                return unchanged.get();
            }
            buffer.begin(plan, work.part());
            CopyRows.read(connection, plan.copy(work.part()), plan.format(), buffer::row);
        } catch (SQLException failure) {
            throw SqlFailures.of("reading table " + plan.table().shape().table(), failure);
        } catch (OutOfMemoryError tooLarge) {
            throw tooLarge(plan, tooLarge);
        }
        CopiedPart copied = buffer.end();
        recall.copied(plan, copied);
        return copied;
    }

    private static TidemarkException tooLarge(PartPlan plan, OutOfMemoryError cause) {
        return new TidemarkException(
                FailureCode.FAILED,
                "table " + plan.table().shape().table() + " holds a row that does not fit into "
                        + (Runtime.getRuntime().maxMemory() >> 20) + " MB of memory",
                "raise the heap (TIDEMARK_JAVA_OPTS=-Xmx…) to three times the largest row, or leave the table out with tables.exclude",
                cause);
    }

    private static void awaitAll(List<Future<Void>> workers) {
        for (Future<Void> worker : workers) {
            try {
                worker.get();
            } catch (ExecutionException failure) {
                rethrow(failure.getCause());
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new TidemarkException(FailureCode.FAILED, "the complete was stopped", "start it again", stopped);
            }
        }
    }

    private static void rethrow(@org.jspecify.annotations.Nullable Throwable cause) {
        if (cause instanceof RuntimeException runtime) {
            if (runtime instanceof UncheckedIOException io && io.getCause() != null) {
                throw diskFailure(io.getCause());
            }
            throw runtime;
        }
        if (cause instanceof IOException io) {
            throw diskFailure(io);
        }
        throw new IllegalStateException("a COPY worker died", cause);
    }

    static TidemarkException diskFailure(IOException failure) {
        boolean full = String.valueOf(failure.getMessage()).contains("No space left");
        return new TidemarkException(
                full ? FailureCode.DISK_FULL : FailureCode.FAILED,
                "cannot write the bundle: " + failure.getMessage(),
                full ? "make room on the disk of work.folder" : "check work.folder and its disk",
                failure);
    }

    /** Lets a COPY that still runs end at once; the connections are closed by their owner. */
    private static void cancel(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException alreadyGone) {
            LoggerFactory.getLogger(CopyWorkers.class).debug("closing a COPY connection", alreadyGone);
        }
    }
}
