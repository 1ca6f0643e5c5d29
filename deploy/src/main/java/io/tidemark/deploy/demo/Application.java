package io.tidemark.deploy.demo;

import io.tidemark.deploy.kit.Pictures;
import io.tidemark.deploy.kit.TextFiles;
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

/** Writes to the primary as an application does, and measures how far behind the replica is. */
final class Application {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int ROUNDS = 60;
    /** Every so many rounds somebody reports a bus, with a picture. */
    private static final int PICTURE = 3;

    private static final int FIRST_PICTURE = 900_100;
    private static final String LIVE = "live";
    private static final String LABEL = "an application writes";
    private static final String POSITIONS = "\"AndroidRequests_poseintrajectoryoftoken\"";
    private static final String NEWEST = "select coalesce(max(id), 0) from " + POSITIONS;
    private static final String WORK = "begin; insert into " + POSITIONS
            + " (longitude, latitude, \"timeStamp\", \"inVehicleOrNot\", token_id) select longitude, latitude, now(), \"inVehicleOrNot\","
            + " token_id from " + POSITIONS + " where id between %1$d and %1$d + 20;"
            + " update \"AndroidRequests_report\" set message = message || '.' where id between %1$d and %1$d + 5;"
            + " delete from " + POSITIONS + " where id = %1$d + 40; commit";
    private static final String REPORT = TextFiles.resource("/transapp-report.sql");

    private final Screen screen;
    private final TwoNodes nodes;
    private final Map<Long, Long> written = new TreeMap<>();
    private final List<Double> lags = new ArrayList<>();
    private final AtomicInteger pictures = new AtomicInteger();

    Application(Screen screen, TwoNodes nodes) {
        this.screen = screen;
        this.nodes = nodes;
    }

    /** One transaction; gives its mark, which {@link #newestOnReplica} reaches when it has arrived. */
    long first() {
        nodes.primary().psql(TwoNodes.PRIMARY, WORK.formatted(1));
        return newestOnPrimary();
    }

    /** Ends when all of it has arrived. */
    void work() {
        try (Screen.Live live = screen.live(LABEL, this::behind)) {
            for (int round = 0; round < ROUNDS; round++) {
                if (round % PICTURE == 0) {
                    report(FIRST_PICTURE + round);
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
            screen.done(LABEL, summary(), live.elapsed());
        }
    }

    /** The file first, as applications do: its row never names what is not there. */
    private void report(int number) {
        Pictures.write(nodes.mediaSource().resolve(LIVE), number, number);
        nodes.primary().psql(TwoNodes.PRIMARY).with("-v", "n=" + number).run(REPORT);
        pictures.incrementAndGet();
    }

    private String summary() {
        Collections.sort(lags);
        return String.format(
                Locale.ROOT,
                "%d transactions and %d pictures arrived; the replica was %.1f s behind half of the time, %.1f s at most",
                ROUNDS + pictures.get(),
                pictures.get(),
                lags.get(lags.size() / 2),
                lags.get(lags.size() - 1));
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

    private long newestOnPrimary() {
        return Long.parseLong(nodes.primary().psql(TwoNodes.PRIMARY, NEWEST));
    }

    long newestOnReplica() {
        return Long.parseLong(nodes.replica().psql(TwoNodes.REPLICA, NEWEST));
    }
}
