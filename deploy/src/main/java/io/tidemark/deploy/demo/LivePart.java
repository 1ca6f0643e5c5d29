package io.tidemark.deploy.demo;

import io.tidemark.deploy.kit.Figures;
import io.tidemark.deploy.kit.KitException;
import io.tidemark.deploy.kit.Node;
import io.tidemark.deploy.kit.NodeProcess;
import io.tidemark.deploy.kit.Pictures;
import io.tidemark.deploy.kit.ReceiptFile;
import io.tidemark.deploy.kit.SftpServer;
import io.tidemark.deploy.kit.TcpProxy;
import io.tidemark.deploy.kit.TwoNodes;
import io.tidemark.deploy.kit.Wait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Both nodes as services, a partial each second, while an application writes to the primary. */
final class LivePart {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int ROUNDS = 60;
    /** Every so many rounds somebody sends a picture. */
    private static final int PICTURE = 3;

    private static final int FIRST_PICTURE = 900_000;
    private static final String LIVE = "live";
    private static final String APPLICATION = "an application writes";
    private static final String POSITIONS = "\"AndroidRequests_poseintrajectoryoftoken\"";
    private static final String NEWEST = "select coalesce(max(id), 0) from " + POSITIONS;
    private static final String WORK = "begin; insert into " + POSITIONS
            + " (longitude, latitude, \"timeStamp\", \"inVehicleOrNot\", token_id) select longitude, latitude, now(), \"inVehicleOrNot\","
            + " token_id from " + POSITIONS + " where id between %1$d and %1$d + 20;"
            + " update \"AndroidRequests_report\" set message = message || '.' where id between %1$d and %1$d + 5;"
            + " delete from " + POSITIONS + " where id = %1$d + 40; commit";
    /** What {@code tidemark-sender check} prints for an administrator whose role does not own the tables. */
    private static final String PUBLICATION =
            "do $$ begin execute (select 'create publication tidemark_transapp for table '"
                    + " || string_agg(format('only %I.%I', schemaname, tablename), ', ')"
                    + " || ' with (publish_via_partition_root = false)' from pg_tables where schemaname = 'public'); end $$";

    private final Screen screen;
    private final TwoNodes nodes;
    private final Node sender;
    private final Node receiver;
    private final Map<Long, Long> written = new TreeMap<>();
    private final List<Double> lags = new ArrayList<>();
    private final AtomicInteger pictures = new AtomicInteger();

    LivePart(Screen screen, TwoNodes nodes, SftpServer sftp, TcpProxy wire) {
        this.screen = screen;
        this.nodes = nodes;
        this.sender = nodes.sender(sftp, wire).with("partial.schedule", "1s");
        this.receiver = nodes.receiver();
    }

    /** Ends with a complete that finds nothing to repair, and leaves the primary as it was but for the application's rows. */
    void show() {
        screen.heading("live: a partial every second");
        nodes.primary().psql(TwoNodes.PRIMARY, PUBLICATION);
        try (NodeProcess receiving = receiver.start("run");
                NodeProcess sending = sender.start("run")) {
            begin(sending, receiving);
            application();
            proof();
        }
        nodes.primary().psql(TwoNodes.PRIMARY, "drop publication tidemark_transapp");
        sender.run("uninstall");
    }

    private void begin(NodeProcess sending, NodeProcess receiving) {
        try (Screen.Live live = screen.live("both services", () -> "")) {
            nodes.primary().psql(TwoNodes.PRIMARY, WORK.formatted(1));
            long newest = newestOnPrimary();
            Wait.until("the first partial arrives", PATIENCE, () -> {
                if (!sending.running() || !receiving.running()) {
                    throw new KitException("a service ended:\n" + sending.error() + receiving.error());
                }
                return newestOnReplica() >= newest;
            });
            live.end();
            screen.done("both services", "started; the first partial is loaded", live.elapsed());
        }
    }

    private void application() {
        try (Screen.Live live = screen.live(APPLICATION, this::behind)) {
            for (int round = 0; round < ROUNDS; round++) {
                if (round % PICTURE == 0) {
                    int number = FIRST_PICTURE + round;
                    Pictures.write(nodes.mediaSource().resolve(LIVE), number, number);
                    pictures.incrementAndGet();
                }
                nodes.primary().psql(TwoNodes.PRIMARY, WORK.formatted(100 + 50 * round));
                synchronized (written) {
                    written.put(newestOnPrimary(), System.nanoTime());
                }
                look();
            }
            Wait.until("everything arrives", PATIENCE, () -> {
                look();
                synchronized (written) {
                    return written.isEmpty() && picturesArrived() == pictures.get();
                }
            });
            live.end();
            Collections.sort(lags);
            screen.done(
                    APPLICATION,
                    String.format(
                            Locale.ROOT,
                            "%d transactions and %d pictures arrived; the replica was %.1f s behind half of the time, %.1f s at"
                                    + " most",
                            ROUNDS,
                            pictures.get(),
                            lags.get(lags.size() / 2),
                            lags.get(lags.size() - 1)),
                    live.elapsed());
        }
    }

    private String behind() {
        String arrived = picturesArrived() + " of " + pictures.get() + " pictures arrived, ";
        synchronized (written) {
            return written.isEmpty()
                    ? arrived + "the replica has all rows"
                    : String.format(
                            Locale.ROOT,
                            "%sthe replica is %.1f s behind",
                            arrived,
                            (System.nanoTime() - Collections.min(written.values())) / 1e9);
        }
    }

    private int picturesArrived() {
        String[] names = nodes.mediaTarget().resolve(LIVE).toFile().list((folder, name) -> name.startsWith("report_"));
        return names == null ? 0 : names.length;
    }

    private void look() {
        long newest = newestOnReplica();
        long now = System.nanoTime();
        synchronized (written) {
            written.entrySet().removeIf(row -> {
                boolean arrived = row.getKey() <= newest;
                if (arrived) {
                    lags.add((now - row.getValue()) / 1e9);
                }
                return arrived;
            });
        }
    }

    /** Nothing is written any more, so a healthy replica needs no change. */
    private void proof() {
        try (Screen.Live live = screen.live("a complete beside them", () -> "")) {
            long before = ReceiptFile.latestComplete(nodes.receipts())
                    .map(receipt -> receipt.bundle().sequence())
                    .orElse(0L);
            sender.run("complete");
            ReceiptFile receipt = loadedAfter(before);
            live.end();
            long repaired = receipt.sum("inserted") + receipt.sum("updated") + receipt.sum("deleted");
            if (!receipt.loadedAndEqual() || repaired != 0) {
                throw new KitException("the complete after the partials repaired " + repaired + " rows");
            }
            screen.done(
                    "a complete beside them",
                    "equal; the partials had left nothing to repair in " + Figures.count(receipt.sum("rows")) + " rows",
                    live.elapsed());
        }
    }

    private ReceiptFile loadedAfter(long sequence) {
        Wait.until(
                "the complete is loaded",
                PATIENCE,
                () -> ReceiptFile.latestComplete(nodes.receipts())
                        .filter(receipt -> receipt.bundle().sequence() > sequence && receipt.loadedAndEqual())
                        .isPresent());
        return ReceiptFile.latestComplete(nodes.receipts()).orElseThrow();
    }

    private long newestOnPrimary() {
        return Long.parseLong(nodes.primary().psql(TwoNodes.PRIMARY, NEWEST));
    }

    private long newestOnReplica() {
        return Long.parseLong(nodes.replica().psql(TwoNodes.REPLICA, NEWEST));
    }
}
