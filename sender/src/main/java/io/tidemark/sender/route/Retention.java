package io.tidemark.sender.route;

import io.tidemark.alarm.AlarmId;
import io.tidemark.alarm.Alarms;
import io.tidemark.alarm.Condition;
import io.tidemark.settings.Schedule;
import io.tidemark.text.Human;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Tells in time when the primary keeps back so much of its log that the slot is going to be dropped. */
public final class Retention {
    static final Schedule OFTEN = new Schedule.Every(Duration.ofMinutes(5));
    static final AlarmId TOO_MUCH = AlarmId.of(RouteIds.PARTIAL, Condition.WAL_RETAINED);

    private final Supplier<Optional<Long>> retained;
    private final long allowed;
    private final Rhythm rhythm;
    private final Alarms alarms;

    Retention(Supplier<Optional<Long>> retained, long allowed, Rhythm rhythm, Alarms alarms) {
        this.retained = retained;
        this.allowed = allowed;
        this.rhythm = rhythm;
        this.alarms = alarms;
    }

    public boolean isDue() {
        return rhythm.isDue();
    }

    /** Between half and three quarters nothing changes, so that it is not told again and again. */
    public void look() {
        Optional<Long> bytes = retained.get();
        bytes.filter(kept -> kept > allowed / 4 * 3)
                .ifPresent(kept -> alarms.raise(
                        TOO_MUCH,
                        "the primary keeps back " + Human.bytes(kept) + " of its log, and the slot is dropped at "
                                + Human.bytes(allowed),
                        "see why no partials are made, or end the transaction that has been open for long;"
                                + " slot.max-retained-wal decides how much may be kept back"));
        if (bytes.filter(kept -> kept < allowed / 2).isPresent()) {
            alarms.clear(TOO_MUCH);
        }
    }
}
