package io.tidemark.sender.settings;

import io.tidemark.settings.Schedule;
import io.tidemark.text.Human;
import java.time.Duration;
import java.util.Optional;

/**
 * How partials are made.
 *
 * @param given when the service makes one, where the settings say so
 * @param maxRetained bytes of log that the slot may keep back on the primary
 */
public record PartialSettings(Optional<Schedule> given, Mode mode, long maxRetained, WatermarkSettings watermark) {
    static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration USUAL = Duration.ofMinutes(5);

    /** How changes are found. */
    public enum Mode {
        /** In the log where server and role allow it, else by watermark. */
        AUTO,
        LOG,
        WATERMARK,
        /** No partials. */
        OFF
    }

    public Schedule schedule() {
        return given.orElse(new Schedule.Every(USUAL));
    }

    /** For people. */
    public String text() {
        return schedule() instanceof Schedule.Every every
                ? "every " + Human.duration(every.interval())
                : schedule().toString();
    }
}
