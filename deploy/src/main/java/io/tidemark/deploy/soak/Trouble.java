package io.tidemark.deploy.soak;

import io.tidemark.deploy.kit.PostgresCluster;
import io.tidemark.deploy.kit.TcpProxy;
import io.tidemark.deploy.kit.TwoNodes;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** What happens to nodes, link and database while writers write. */
final class Trouble {
    private static final Duration LONGEST_CALM = Duration.ofSeconds(4);
    private static final double LONGEST_HOLD = 4;
    private static final String SLOT = "tidemark_" + TwoNodes.SOURCE;
    /** How often each comes beside the others. */
    private static final List<Part> KINDS = List.of(
            Part.KILLS,
            Part.KILLS,
            Part.CUTS,
            Part.CUTS,
            Part.SESSIONS,
            Part.SESSIONS,
            Part.STOPS,
            Part.COMPLETES,
            Part.COMPLETES,
            Part.DELIVERY,
            Part.HOLDS,
            Part.HOLDS,
            Part.SLOT);

    private static final String SESSIONS =
            "select count(pg_terminate_backend(pid)) from pg_stat_activity where usename = '" + TwoNodes.ROLE + "'";

    private final TwoNodes nodes;
    private final Services services;
    private final TcpProxy wire;
    private final SoakSchema schema;
    private final Random random;
    private final Delivery delivery;
    private final SoakOptions options;

    Trouble(TwoNodes nodes, Services services, TcpProxy wire, SoakSchema schema, long seed, SoakOptions options) {
        this.options = options;
        this.schema = schema;
        this.nodes = nodes;
        this.services = services;
        this.wire = wire;
        this.random = new Random(seed);
        this.delivery = new Delivery(nodes.inbox(), random);
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
        Part part = KINDS.get(random.nextInt(KINDS.size()));
        if (options.has(part)) {
            make(part);
        }
        services.start();
        services.assertRunning();
    }

    private void make(Part part) {
        switch (part) {
            case KILLS -> {
                if (random.nextBoolean()) {
                    services.killSender();
                } else {
                    services.killReceiver();
                }
                rest(random.nextInt(500));
            }
            case CUTS -> cut();
            case SESSIONS -> (random.nextBoolean() ? nodes.primary() : nodes.replica()).psql("postgres", SESSIONS);
            case STOPS -> services.stopOne(random);
            case DELIVERY -> disturbDelivery();
            case HOLDS -> hold();
            case SLOT -> loseSlot();
            default -> services.complete();
        }
    }

    private void cut() {
        if (random.nextBoolean()) {
            wire.cutAfter(random.nextInt(50_000));
            return;
        }
        wire.refuse(true);
        wire.cut();
        rest(random.nextInt(2500));
        wire.refuse(false);
    }

    /** A table for himself, as a migration does, or an analyst. */
    private void hold() {
        boolean primary = random.nextBoolean();
        PostgresCluster cluster = primary ? nodes.primary() : nodes.replica();
        String table =
                schema.tables().get(random.nextInt(schema.tables().size())).quoted();
        String seconds = Double.toString(random.nextDouble() * LONGEST_HOLD);
        cluster.psql(
                primary ? TwoNodes.PRIMARY : TwoNodes.REPLICA,
                "set lock_timeout = '5s'; do $$ begin lock table " + table + "; perform pg_sleep(" + seconds
                        + "); exception when lock_not_available or undefined_table then null; end $$");
    }

    /** What is taken away comes back behind what was pushed after it. */
    private void disturbDelivery() {
        services.killReceiver();
        rest(1000 + random.nextInt(2000));
        delivery.disturb();
        services.start();
        rest(1000 + random.nextInt(2000));
        delivery.settle();
    }

    /** As somebody does who cleans up, while the sender is away; while it reads, the server refuses. */
    private void loseSlot() {
        services.killSender();
        String harm = random.nextBoolean()
                ? "pg_drop_replication_slot(slot_name)"
                : "pg_replication_slot_advance(slot_name, pg_current_wal_lsn())";
        nodes.primary()
                .psql(
                        TwoNodes.PRIMARY,
                        "set role none; select count(pg_terminate_backend(active_pid, 10000)) from pg_replication_slots where active and slot_name = '"
                                + SLOT + "'; select " + harm + " from pg_replication_slots where slot_name = '" + SLOT
                                + "'");
    }

    private static void rest(long milliseconds) {
        LockSupport.parkNanos(milliseconds * 1_000_000);
    }
}
