package io.tidemark.deploy.bench;

import io.tidemark.deploy.kit.PostgresCluster;
import io.tidemark.deploy.kit.TwoNodes;
import io.tidemark.deploy.kit.Wait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.LockSupport;

/** Commits a row ten times a second on the primary and looks when the replica has it. */
final class LagProbe {
    private static final long PAUSE_NANOS = 100_000_000;

    private final Workload workload;
    private final PostgresCluster replica;
    private final Map<Integer, Long> made = new ConcurrentSkipListMap<>();
    private final Map<Integer, Long> seen = new TreeMap<>();

    LagProbe(Workload workload, PostgresCluster replica) {
        this.workload = workload;
        this.replica = replica;
    }

    /** Seconds of lag of each row, in order of size. */
    List<Double> during(Runnable work) {
        Thread working = new Thread(work, "bench-work");
        working.start();
        Thread marking = new Thread(() -> markWhile(working), "bench-marks");
        marking.start();
        while (marking.isAlive()) {
            look();
        }
        Wait.until("the replica has every probe", Duration.ofMinutes(5), () -> {
            look();
            return seen.keySet().containsAll(made.keySet());
        });
        List<Double> lags = new ArrayList<>();
        made.forEach((id, at) -> lags.add((seen.getOrDefault(id, at) - at) / 1e9));
        Collections.sort(lags);
        return lags;
    }

    private void markWhile(Thread working) {
        while (working.isAlive()) {
            int id = workload.mark();
            made.put(id, System.nanoTime());
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private void look() {
        String newest = replica.psql(TwoNodes.REPLICA, "select coalesce(max(id), 0) from marker");
        long now = System.nanoTime();
        made.keySet().stream().filter(id -> id <= Integer.parseInt(newest)).forEach(id -> seen.putIfAbsent(id, now));
    }

    static double percentile(List<Double> sorted, double share) {
        return sorted.get((int) Math.min(sorted.size() - 1, Math.floor(share * sorted.size())));
    }
}
