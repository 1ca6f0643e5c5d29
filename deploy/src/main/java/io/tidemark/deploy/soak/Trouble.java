package io.tidemark.deploy.soak;

import io.tidemark.deploy.kit.TcpProxy;
import io.tidemark.deploy.kit.TwoNodes;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** What happens to nodes, link and database while writers write. */
final class Trouble {
    private static final Duration LONGEST_CALM = Duration.ofSeconds(4);
    private static final String SESSIONS =
            "select count(pg_terminate_backend(pid)) from pg_stat_activity where usename = '" + TwoNodes.ROLE + "'";

    private final TwoNodes nodes;
    private final Services services;
    private final TcpProxy wire;
    private final Random random;

    Trouble(TwoNodes nodes, Services services, TcpProxy wire, long seed) {
        this.nodes = nodes;
        this.services = services;
        this.wire = wire;
        this.random = new Random(seed);
    }

    /** Until {@code end} by {@link System#nanoTime}; all is well again then, and what waits can travel. */
    void make(long end) {
        while (System.nanoTime() < end) {
            rest(Math.min(
                    random.nextInt((int) LONGEST_CALM.toMillis()), Math.max(1, (end - System.nanoTime()) / 1_000_000)));
            if (System.nanoTime() < end) {
                one();
            }
        }
        wire.neverCut();
        wire.refuse(false);
        wire.throttle(Long.MAX_VALUE);
        services.start();
    }

    private void one() {
        switch (random.nextInt(8)) {
            case 0 -> {
                services.killSender();
                rest(random.nextInt(500));
            }
            case 1 -> {
                services.killReceiver();
                rest(random.nextInt(500));
            }
            case 2 -> {
                wire.refuse(true);
                wire.cut();
                rest(random.nextInt(2500));
                wire.refuse(false);
            }
            case 3 -> wire.cutAfter(random.nextInt(50_000));
            case 4 -> nodes.primary().psql("postgres", SESSIONS);
            case 5 -> nodes.replica().psql("postgres", SESSIONS);
            case 6 -> services.stopOne(random);
            default -> services.complete();
        }
        services.start();
        services.assertRunning();
    }

    private static void rest(long milliseconds) {
        LockSupport.parkNanos(milliseconds * 1_000_000);
    }
}
