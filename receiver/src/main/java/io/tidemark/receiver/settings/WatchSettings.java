package io.tidemark.receiver.settings;

import io.tidemark.alarm.AlarmSettings;
import io.tidemark.logging.LogSettings;
import java.time.Duration;
import java.util.Optional;

/**
 * Whom to tell when something fails, and what is expected.
 *
 * @param complete within which time the next one has to be loaded; outer empty where nothing was said, inner empty for never
 * @param partial within which time the replica has to be known to be up to date
 */
public record WatchSettings(
        AlarmSettings alarms,
        LogSettings logs,
        Optional<Optional<Duration>> complete,
        Optional<Optional<Duration>> partial) {

    /** Nobody is told, and nothing is expected. */
    public static WatchSettings none() {
        return new WatchSettings(
                AlarmSettings.none(), LogSettings.USUAL, Optional.of(Optional.empty()), Optional.of(Optional.empty()));
    }
}
