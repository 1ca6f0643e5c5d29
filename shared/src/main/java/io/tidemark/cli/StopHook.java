package io.tidemark.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends a command in good order on SIGTERM and Ctrl-C: tells it to stop, and gives it some time to do so. */
public final class StopHook {
    private static final Logger LOG = LoggerFactory.getLogger(StopHook.class);

    /** What has not stopped after this long is cut off; the next start copes with that. */
    private static final long PATIENCE_SECONDS = 20;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook;

    private StopHook(Runnable stop) {
        hook = new Thread(() -> stopAndWait(stop), "stop");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** @param stop ends {@code work}; called from another thread, returns at once */
    public static <T> T during(Supplier<T> work, Runnable stop) {
        StopHook hook = new StopHook(stop);
        try {
            return work.get();
        } finally {
            hook.remove();
        }
    }

    private void stopAndWait(Runnable stop) {
        try {
            stop.run();
            boolean inTime = ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (!inTime) {
                LOG.warn("cut off: did not stop in {} s", PATIENCE_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The command has ended, by itself or because it was told to. */
    private void remove() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // It runs already, and is not needed any more.
            ended.countDown();
        }
    }
}
