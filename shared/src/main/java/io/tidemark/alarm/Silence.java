package io.tidemark.alarm;

import io.tidemark.file.DurableFiles;
import io.tidemark.json.StrictJson;
import io.tidemark.text.Human;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices when something expected does not come. While the service runs, time is measured and never read off the clock on the wall, so that
 * one which is set alarms nobody; over a restart that clock is believed, and what came too late then has a while to come.
 */
public final class Silence {
    private static final Logger LOG = LoggerFactory.getLogger(Silence.class);
    private static final Duration SAVED = Duration.ofMinutes(5);
    private static final Duration GRACE = Duration.ofMinutes(15);

    private final Alarms alarms;
    private final Path file;
    private final Clock clock;
    private final LongSupplier nanos;
    private final Map<String, Instant> before;
    private final Map<AlarmId, Expected> expected = new LinkedHashMap<>();
    private long savedAt;

    /** @param met by the nanoseconds of a clock that nobody sets */
    private record Expected(Duration within, String what, String hint, long met) {}

    /** When each expectation was met last, by id. */
    record Met(Map<String, Instant> met) {}

    public Silence(Alarms alarms, Path workFolder, Clock clock) {
        this(alarms, workFolder, clock, System::nanoTime);
    }

    /** @param nanos a clock that nobody sets */
    public Silence(Alarms alarms, Path workFolder, Clock clock, LongSupplier nanos) {
        this.alarms = alarms;
        this.file = workFolder.resolve("expected.json");
        this.clock = clock;
        this.nanos = nanos;
        this.before = read();
        this.savedAt = nanos.getAsLong();
    }

    /**
     * From now on it is expected again and again.
     *
     * @param within the longest time between two
     * @param what has not come, such as {@code no complete was made}
     */
    public void expect(AlarmId id, Duration within, String what, String hint) {
        Expected known = expected.get(id);
        long met = known == null ? nanos.getAsLong() - ageBefore(id, within).toNanos() : known.met();
        expected.put(id, new Expected(within, what, hint, met));
    }

    private Duration ageBefore(AlarmId id, Duration within) {
        Instant then = before.get(id.toString());
        if (then == null || then.isAfter(clock.instant())) {
            return Duration.ZERO;
        }
        Duration grace = within.dividedBy(2).compareTo(GRACE) < 0 ? within.dividedBy(2) : GRACE;
        Duration age = Duration.between(then, clock.instant());
        Duration most = within.minus(grace);
        return age.compareTo(most) < 0 ? age : most;
    }

    /** It has come, or there is a reason known to people why it has not. */
    public void met(AlarmId id) {
        expected.computeIfPresent(
                id, (same, known) -> new Expected(known.within(), known.what(), known.hint(), nanos.getAsLong()));
    }

    /** It is not expected any more. */
    public void forget(AlarmId id) {
        if (expected.remove(id) != null) {
            alarms.clear(id);
        }
    }

    /** Raises what is overdue, and clears what has come. */
    public void look() {
        long now = nanos.getAsLong();
        expected.forEach((id, each) -> {
            if (now - each.met() > each.within().toNanos()) {
                alarms.raise(id, each.what() + " for more than " + Human.duration(each.within()), each.hint());
            } else {
                alarms.clear(id);
            }
        });
        if (now - savedAt > SAVED.toNanos()) {
            savedAt = now;
            save();
        }
    }

    /** To be called when the service ends. */
    public void save() {
        if (expected.isEmpty()) {
            return;
        }
        Map<String, Instant> met = new TreeMap<>();
        Instant now = clock.instant();
        expected.forEach((id, each) -> met.put(id.toString(), now.minusNanos(nanos.getAsLong() - each.met())));
        try {
            DurableFiles.write(file, StrictJson.pretty(new Met(met)));
        } catch (IOException e) {
            LOG.debug("{} is not written: {}", file, e.getMessage());
        }
    }

    private Map<String, Instant> read() {
        try {
            return Files.exists(file)
                    ? Map.copyOf(
                            StrictJson.read(Files.readAllBytes(file), Met.class).met())
                    : Map.of();
        } catch (IOException unreadable) {
            LOG.debug("{} is not understood: {}", file, unreadable.getMessage());
            return Map.of();
        }
    }
}
