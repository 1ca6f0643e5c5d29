package io.tidemark.deploy.bench;

import io.tidemark.deploy.kit.KitException;
import io.tidemark.deploy.kit.PostgresCluster;
import io.tidemark.deploy.kit.Scratch;
import io.tidemark.deploy.kit.TableCompare;
import io.tidemark.deploy.kit.TwoNodes;
import io.tidemark.deploy.kit.Wait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/** Partials beside native logical replication, one after the other on the same servers. */
final class PartialBench {
    /** Of the application with the sender beside it, which is to be told to a hundredth. */
    private static final int ROUNDS = 14;

    private static final int ROUNDS_ON_ONE_MACHINE = 5;
    private static final Map<String, String> TUNED = Map.of(
            "shared_buffers", "1GB",
            "max_wal_size", "8GB",
            "checkpoint_timeout", "15min",
            "wal_level", "logical",
            "max_wal_senders", "20",
            "max_replication_slots", "20");

    private final PartialOptions options;
    private final TwoNodes nodes;
    private final Remote remote;
    private final Workload workload;
    private final Consumer<String> log;
    private final PartialFigures figures = new PartialFigures();

    private PartialBench(PartialOptions options, TwoNodes nodes, Remote remote, Consumer<String> log) {
        this.options = options;
        this.nodes = nodes;
        this.remote = remote;
        this.workload = new Workload(nodes.primary(), options);
        this.log = log;
    }

    /** @param log is told each figure, as it is measured */
    static PartialFigures run(PartialOptions options, Scratch scratch, Consumer<String> log) {
        try (TwoNodes nodes = TwoNodes.start(scratch, TUNED, TUNED);
                Remote remote = Remote.start(scratch, nodes.remote())) {
            return new PartialBench(options, nodes, remote, log).run();
        }
    }

    private PartialFigures run() {
        workload.prepare();
        try (NativeReplication peer = NativeReplication.start(nodes.primary(), nodes.replica())) {
            figures.peer(works(peer.replica(), NativeReplication.DATABASE, NativeReplication.NAME));
            throughput(peer);
        }
        workload.refill();
        nodes.primary()
                .psql(
                        TwoNodes.PRIMARY,
                        "create publication tidemark_transapp for table only pgbench_accounts, only pgbench_branches, only"
                                + " pgbench_tellers, only pgbench_history, only bulk, only hot, only gone, only marker"
                                + " with (publish_via_partition_root = false)");
        nodes.allowLooks();
        try (Services services = new Services(nodes, remote)) {
            services.start();
            waitFor(workload.mark());
            figures.ours(works(nodes.replica(), TwoNodes.REPLICA, "ours"));
            lag();
            prove();
            throughput(services);
            services.stop();
            figures.memory(services.senderPeak(), services.receiverPeak());
        }
        return figures;
    }

    private void waitFor(int marker) {
        Wait.until(
                "the first complete is loaded",
                Duration.ofMinutes(10),
                () -> nodes.replica()
                                .psql(TwoNodes.REPLICA, "select to_regclass('public.marker') is not null")
                                .equals("t")
                        && nodes.replica()
                                .psql(TwoNodes.REPLICA, "select count(*) from marker where id = " + marker)
                                .equals("1"));
    }

    private Map<String, Double> works(PostgresCluster replica, String database, String name) {
        Map<String, Double> seconds = new LinkedHashMap<>();
        Map<String, Runnable> works = new LinkedHashMap<>();
        works.put("a", workload::transactionsAndInsert);
        works.put("b", workload::hotUpdates);
        works.put("b_apart", workload::hotUpdatesApart);
        works.put("c", workload::delete);
        works.forEach((key, work) -> {
            nodes.primary().psql("postgres", "checkpoint");
            work.run();
            double took = workload.untilApplied(replica, database);
            seconds.put(key, took);
            log.accept(String.format(Locale.ROOT, "%-8s (%-7s) %8.2f s", name, key, took));
        });
        return seconds;
    }

    private void lag() {
        List<Double> lags = new LagProbe(workload, nodes.replica()).during(workload::steady);
        figures.lag(LagProbe.percentile(lags, 0.5), LagProbe.percentile(lags, 0.99));
        log.accept(String.format(
                Locale.ROOT,
                "lag of %d probes: %.2f s half of them, %.2f s all but one in a hundred",
                lags.size(),
                LagProbe.percentile(lags, 0.5),
                LagProbe.percentile(lags, 0.99)));
    }

    private void prove() {
        workload.untilApplied(nodes.replica(), TwoNodes.REPLICA);
        TableCompare.Outcome outcome = nodes.compare();
        // Sequences come with completes; the log does not hold them.
        List<String> rows = outcome.differences().stream()
                .filter(line -> !line.contains("_seq:"))
                .toList();
        if (!rows.isEmpty()) {
            throw new KitException("the databases differ:\n" + String.join("\n", rows));
        }
        log.accept("equal: " + outcome.rows() + " rows");
    }

    /** What it costs the application that somebody reads its log, and that the second server works on the same machine. */
    private void throughput(NativeReplication peer) {
        figures.peerThroughput(rounds(
                ROUNDS_ON_ONE_MACHINE,
                "native replication on this machine",
                () -> measured(peer, peer::pause, peer::goOn),
                () -> measured(peer, PartialBench::nobody, PartialBench::nobody)));
    }

    /**
     * With the sender, whose bundles wait in the inbox, as where the second server has processors and disks of its own; then with everything of
     * both servers on this machine. Who rests is paused, not ended: what starts anew compiles itself for minutes, and services run for days.
     */
    private void throughput(Services services) {
        DoubleSupplier without = () -> measured(services::pause, services::goOn);
        measured(PartialBench::nobody, PartialBench::nobody);
        List<Throughput> primary =
                rounds(ROUNDS, "the sender", without, () -> measured(services::pauseReceiver, services::goOn));
        List<Throughput> oneMachine = rounds(
                ROUNDS_ON_ONE_MACHINE,
                "both servers on this machine",
                without,
                () -> measured(PartialBench::nobody, PartialBench::nobody));
        figures.throughput(primary, oneMachine);
    }

    /** Who comes second meets another server than who comes first, so every other round begins with the other. */
    private List<Throughput> rounds(int rounds, String what, DoubleSupplier without, DoubleSupplier with) {
        List<Throughput> measured = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            double first = (i % 2 == 0 ? without : with).getAsDouble();
            double second = (i % 2 == 0 ? with : without).getAsDouble();
            Throughput round = i % 2 == 0 ? new Throughput(first, second) : new Throughput(second, first);
            log.accept(String.format(
                    Locale.ROOT,
                    "%.0f transactions a second without, %.0f with %s (%d seconds each)",
                    round.without(),
                    round.with(),
                    what,
                    options.seconds()));
            measured.add(round);
        }
        return measured;
    }

    /** The application's transactions a second while something rests. Afterwards the replica has everything. */
    private double measured(Runnable rest, Runnable goOn, PostgresCluster replica, String database) {
        rest.run();
        double measured = workload.throughput();
        goOn.run();
        workload.untilApplied(replica, database);
        return measured;
    }

    private double measured(NativeReplication peer, Runnable rest, Runnable goOn) {
        return measured(rest, goOn, peer.replica(), NativeReplication.DATABASE);
    }

    /** Who has rested finds much at once, which is streamed; the next turn begins when the sender reads as it does where it never rests. */
    private double measured(Runnable rest, Runnable goOn) {
        double measured = measured(rest, goOn, nodes.replica(), TwoNodes.REPLICA);
        workload.untilLooks();
        return measured;
    }

    private static void nobody() {
        // Nobody rests.
    }
}
