package io.tidemark.sender.partial;

import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.position.Lsn;
import io.tidemark.sender.log.LogSource;
import io.tidemark.sender.log.LogStream;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The stream from one tick to the next: opening one makes the server read its log again from the oldest open transaction on. */
final class StreamHolder {
    /** A server takes a moment to see that a reader has gone. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final Duration RETRY = Duration.ofMillis(100);

    private @Nullable LogStream stream;

    /** The one that is open stands where the last drain ended. */
    LogStream stream(LogSource source, Lsn from) {
        if (stream == null) {
            stream = open(source, from);
        }
        return stream;
    }

    private static LogStream open(LogSource source, Lsn from) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return source.stream(from);
            } catch (TidemarkException failure) {
                if (failure.code() != FailureCode.BUSY
                        || System.nanoTime() > end
                        || Thread.currentThread().isInterrupted()) {
                    throw failure;
                }
                LockSupport.parkNanos(RETRY.toNanos());
            }
        }
    }

    /** Ends it where it stands outside of a transaction, with all said that there is to say. */
    void end() {
        LogStream open = stream;
        stream = null;
        if (open != null) {
            open.end();
        }
    }

    /** Cuts it wherever it stands. */
    void abort() {
        LogStream open = stream;
        stream = null;
        if (open != null) {
            open.close();
        }
    }

    void pulse() {
        if (stream != null) {
            stream.pulseIfDue();
        }
    }

    void confirm(Lsn position) {
        if (stream != null) {
            stream.confirm(position);
        }
    }
}
