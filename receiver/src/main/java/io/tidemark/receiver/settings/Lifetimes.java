package io.tidemark.receiver.settings;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;

/**
 * How long things are kept. A complete is kept where its lifetime or one of the counts keeps it; without any of them all are.
 *
 * @param complete how long completes are kept after they were loaded
 * @param partial the same of partials; absent, all are kept
 * @param daily on how many days the newest good complete is kept; 0 for no such rule, as with {@code weekly} and {@code monthly}
 * @param zone in which days, weeks and months begin
 * @param quarantine how long refused things lie in quarantine
 * @param receipts how long receipts stay of bundles that are not in the archive any more
 * @param diskWarning people are told when the archive's room lasts for less than this
 */
public record Lifetimes(
        Optional<Duration> complete,
        Optional<Duration> partial,
        int daily,
        int weekly,
        int monthly,
        ZoneId zone,
        Duration quarantine,
        Duration receipts,
        Duration diskWarning) {
    public static final Duration OF_REFUSED = Duration.ofDays(30);
    public static final Duration WARN = Duration.ofDays(3);

    /** Keeps every bundle. */
    public static Lifetimes unlimited() {
        return new Lifetimes(
                Optional.empty(), Optional.empty(), 0, 0, 0, ZoneId.of("UTC"), OF_REFUSED, OF_REFUSED, WARN);
    }

    public boolean countsCompletes() {
        return daily > 0 || weekly > 0 || monthly > 0;
    }

    public boolean limitsCompletes() {
        return complete.isPresent() || countsCompletes();
    }
}
