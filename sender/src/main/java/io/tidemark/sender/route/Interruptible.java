package io.tidemark.sender.route;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Work that another thread may end early. */
final class Interruptible {
    private final AtomicReference<@Nullable Thread> thread = new AtomicReference<>();

    <T> T run(Supplier<T> work) {
        thread.set(Thread.currentThread());
        try {
            return work.get();
        } finally {
            thread.set(null);
        }
    }

    void interrupt() {
        Thread running = thread.get();
        if (running != null) {
            running.interrupt();
        }
    }
}
