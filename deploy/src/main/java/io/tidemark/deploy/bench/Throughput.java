package io.tidemark.deploy.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The application's transactions a second in one round.
 *
 * @param without replication
 * @param with what of it works on the primary
 * @param together with all of it on the one machine
 */
record Throughput(double without, double with, double together) {
    /** The middle of all rounds. */
    static double middle(List<Throughput> rounds, ToDoubleFunction<Throughput> figure) {
        return rounds.stream().mapToDouble(figure).sorted().toArray()[rounds.size() / 2];
    }

    double withRatio() {
        return with / without;
    }

    double togetherRatio() {
        return together / without;
    }
}
