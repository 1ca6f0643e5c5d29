package io.tidemark.sender.settings;

import io.tidemark.alarm.AlarmSettings;
import io.tidemark.logging.LogSettings;
import io.tidemark.settings.Schedule;
import java.time.Duration;
import java.util.Optional;

/**
 * Whom to tell when something fails, and what is expected.
 *
 * @param linkCheck when the link is tried; empty for never
 */
public record WatchSettings(AlarmSettings alarms, LogSettings logs, Optional<Schedule> linkCheck, Expected expected) {

    /**
     * Within which time something has to come; outer empty where nothing was said, inner empty for never.
     *
     * @param receipt from the push to the receipt that says it is loaded
     */
    public record Expected(
            Optional<Optional<Duration>> complete, Optional<Optional<Duration>> partial, Optional<Duration> receipt) {}
}
