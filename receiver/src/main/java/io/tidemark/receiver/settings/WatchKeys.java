package io.tidemark.receiver.settings;

import io.tidemark.alarm.AlarmKeys;
import io.tidemark.logging.LogKeys;
import io.tidemark.settings.Setting;
import io.tidemark.settings.SettingTypes;
import io.tidemark.settings.SettingsReader;
import java.time.Duration;
import java.util.Optional;

/** What is watched and who is told: the keys, read and not yet known to be good. */
final class WatchKeys {
    private final AlarmKeys alarms;
    private final LogKeys logs;
    private final Setting<Optional<Duration>> complete;
    private final Setting<Optional<Duration>> partial;

    WatchKeys(SettingsReader reader) {
        alarms = new AlarmKeys(reader);
        logs = new LogKeys(reader);
        complete = reader.optional("expect.complete", SettingTypes.orOff(SettingTypes.duration()));
        partial = reader.optional("expect.partial", SettingTypes.orOff(SettingTypes.duration()));
    }

    WatchSettings get() {
        return new WatchSettings(alarms.get(), logs.get(), complete.optional(), partial.optional());
    }
}
