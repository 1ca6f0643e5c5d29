package io.tidemark.blob;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Checks contents in files on threads of its own, a core each, so that who reads a volume need not wait for the hashes of what is in it. Of
 * a failure everyone learns who asks afterwards.
 */
final class BlobChecks implements Closeable {
    private static final int WAITING = 64;

    private final ExecutorService threads =
            Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors(), task -> {
                Thread thread = new Thread(task, "tidemark-check");
                thread.setDaemon(true);
                return thread;
            });
    private final Semaphore room = new Semaphore(WAITING);
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    /**
     * Has a file checked. Waits while too many others do.
     *
     * @throws DamagedBlobException where one that was given before is not what its name says
     */
    void add(BlobName name, Path file) throws IOException {
        tell();
        take(1);
        threads.execute(() -> {
            try (InputStream stored = Files.newInputStream(file)) {
                BlobCheck.check(name, Files.size(file), stored);
            } catch (IOException | RuntimeException | Error failed) {
                failure.compareAndSet(null, failed);
            } finally {
                room.release();
            }
        });
    }

    /** Returns when all that was given is checked and good. @throws DamagedBlobException where one is not */
    void await() throws IOException {
        take(WAITING);
        room.release(WAITING);
        tell();
    }

    private void take(int permits) throws IOException {
        try {
            room.acquire(permits);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("stopped while contents were checked");
        }
    }

    private void tell() throws IOException {
        Throwable failed = failure.get();
        if (failed instanceof DamagedBlobException damaged) {
            throw damaged;
        }
        if (failed instanceof IOException unreadable) {
            throw new IOException(unreadable.getMessage(), unreadable);
        }
        if (failed != null) {
            throw new IllegalStateException("a content was not checked", failed);
        }
    }

    /** What is under way is broken off; nothing is read any more once this returns. */
    @Override
    public void close() {
        threads.shutdownNow();
        try {
            threads.awaitTermination(1, TimeUnit.MINUTES);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
