package io.tidemark.cli;

import io.tidemark.progress.Progress.Unit;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** One running step. Amounts come from any thread, {@link #sample} from the painting one alone. */
final class Stage {
    /** Rates are smoothed over about this long. */
    private static final double WINDOW_SECONDS = 4;

    private final String name;
    private final long total;
    private final Unit unit;
    private final long begunNanos;
    private final LongAdder done = new LongAdder();
    private long sampledNanos;
    private long sampledAmount;
    private double rate;

    Stage(String name, long total, Unit unit, long nowNanos) {
        this.name = name;
        this.total = total;
        this.unit = unit;
        this.begunNanos = nowNanos;
        this.sampledNanos = nowNanos;
    }

    void advance(long amount) {
        done.add(amount);
    }

    void sample(long nowNanos) {
        double seconds = (nowNanos - sampledNanos) / 1e9;
        if (seconds < 0.05) {
            return;
        }
        long amount = done.sum();
        double now = (amount - sampledAmount) / seconds;
        double age = (nowNanos - begunNanos) / 1e9;
        // Young stages take the plain average, so that the first rate shown is already a good guess.
        double weight = Math.min(1, seconds / Math.min(WINDOW_SECONDS, Math.max(seconds, age)));
        rate += (now - rate) * weight;
        sampledNanos = nowNanos;
        sampledAmount = amount;
    }

    String name() {
        return name;
    }

    long done() {
        return done.sum();
    }

    /** Negative where it is not known. */
    long total() {
        return total;
    }

    Unit unit() {
        return unit;
    }

    /** Per second, smoothed. */
    double rate() {
        return rate;
    }

    Duration age(long nowNanos) {
        return Duration.ofNanos(nowNanos - begunNanos);
    }
}
