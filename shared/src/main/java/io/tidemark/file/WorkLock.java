package io.tidemark.file;

import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** A lock between processes and threads, held until it is closed or the process ends, however it ends. */
public final class WorkLock implements Closeable {
    private static final Duration RETRY = Duration.ofMillis(100);

    private final FileChannel channel;

    private WorkLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Empty where somebody holds it. The file stays, empty, whether locked or not. */
    public static Optional<WorkLock> tryAcquire(Path file) {
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            boolean mine = false;
            try {
                FileLock lock = channel.tryLock();
                mine = lock != null;
            } catch (OverlappingFileLockException heldByThisProcess) {
                mine = false;
            } finally {
                if (!mine) {
                    channel.close();
                }
            }
            return mine ? Optional.of(new WorkLock(channel)) : Optional.empty();
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    /**
     * @param what is being done by who holds it, for the message
     * @throws TidemarkException (BUSY) where somebody holds it
     */
    public static WorkLock acquire(Path file, String what) {
        return tryAcquire(file)
                .orElseThrow(() -> new TidemarkException(
                        FailureCode.BUSY,
                        what + " is under way already",
                        "wait until it has ended; lock file " + file));
    }

    /**
     * Waits its turn.
     *
     * @throws TidemarkException (BUSY) where somebody holds it for longer than {@code patience}
     */
    public static WorkLock acquire(Path file, String what, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        for (Optional<WorkLock> lock = tryAcquire(file); ; lock = tryAcquire(file)) {
            if (lock.isPresent()) {
                return lock.get();
            }
            if (System.nanoTime() > end) {
                return acquire(file, what);
            }
            LockSupport.parkNanos(RETRY.toNanos());
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new IllegalStateException("a lock was not given back", e);
        }
    }

    private static TidemarkException failure(Path file, IOException cause) {
        return new TidemarkException(
                FailureCode.FAILED,
                "lock file " + file + " cannot be used: " + cause.getMessage(),
                "check that work.folder exists and belongs to the service's user",
                cause);
    }
}
