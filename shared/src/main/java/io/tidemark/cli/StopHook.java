package io.tidemark.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends a command in good order on SIGTERM and Ctrl-C: tells it to stop, and gives it some time to do so. */
public final class StopHook {
    private static final Logger LOG = LoggerFactory.getLogger(StopHook.class);

    /** What has not stopped after this long is cut off; the next start copes with that. */
    private static final long PATIENCE_SECONDS = 20;

    /** Of the process: a virtual machine that shuts down must not go before the command has said its last word. */
    private static final CountDownLatch COMMAND_ENDED = new CountDownLatch(1);

    private static final AtomicBoolean STOPPING = new AtomicBoolean();

    private StopHook() {}

    /** @param stop ends {@code work}; called from another thread, returns at once */
    public static <T> T during(Supplier<T> work, Runnable stop) {
        Thread hook = new Thread(() -> stopAndWait(stop), "stop");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return work.get();
        } finally {
            remove(hook);
        }
    }

    /** Called when there is nothing left to do but to exit. */
    static void commandEnded() {
        COMMAND_ENDED.countDown();
    }

    /** Whether somebody asked for the end, so that what fails from now on fails because of that. */
    static boolean isStopping() {
        return STOPPING.get();
    }

    private static void stopAndWait(Runnable stop) {
        try {
            STOPPING.set(true);
            stop.run();
            if (!COMMAND_ENDED.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("cut off: did not stop in {} s", PATIENCE_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            LOG.debug("stopping");
        }
    }
}
