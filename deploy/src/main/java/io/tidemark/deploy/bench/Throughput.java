package io.tidemark.deploy.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The application's transactions a second in one round of two turns, equally long.
 *
 * @param without that whose cost is measured
 * @param with it
 */
record Throughput(double without, double with) {
    /** Of all rounds together. */
    static double mean(List<Throughput> rounds, ToDoubleFunction<Throughput> figure) {
        return rounds.stream().mapToDouble(figure).average().orElseThrow();
    }

    /**
     * All transactions with it, of all without. Seconds differ by an eighth from each other whatever is measured, so that many of them say more
     * than the round in the middle.
     */
    static double ratio(List<Throughput> rounds) {
        return mean(rounds, Throughput::with) / mean(rounds, Throughput::without);
    }
}
