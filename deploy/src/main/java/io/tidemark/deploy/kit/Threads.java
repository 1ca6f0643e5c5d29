package io.tidemark.deploy.kit;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Threads that never keep the process alive. */
final class Threads {
    static final ExecutorService ANY = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "kit");
        thread.setDaemon(true);
        return thread;
    });

    private Threads() {}
}
