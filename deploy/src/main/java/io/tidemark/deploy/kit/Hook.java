package io.tidemark.deploy.kit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * Work to be done when the process ends without having closed what it started. All hooks run in one thread, in the order of their rank:
 * processes end before servers, servers before the files below them.
 */
final class Hook {
    static final int PROCESSES = 1;
    static final int SERVERS = 2;
    static final int FILES = 3;

    private static final List<Hook> ALL = new ArrayList<>();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(Hook::runAll, "kit-clean-up"));
    }

    private final int rank;
    private final Runnable work;

    private Hook(int rank, Runnable work) {
        this.rank = rank;
        this.work = work;
    }

    static Hook atExit(int rank, Runnable work) {
        Hook hook = new Hook(rank, work);
        synchronized (ALL) {
            ALL.add(hook);
        }
        return hook;
    }

    void cancel() {
        synchronized (ALL) {
            ALL.remove(this);
        }
    }

    private static void runAll() {
        List<Hook> hooks;
        synchronized (ALL) {
            hooks = new ArrayList<>(ALL);
        }
        hooks.sort(Comparator.comparingInt(hook -> hook.rank));
        for (Hook hook : hooks) {
            try {
                hook.work.run();
            } catch (KitException | java.io.UncheckedIOException e) {
                LoggerFactory.getLogger(Hook.class).warn("cleaning up: {}", e.getMessage());
            }
        }
    }
}
