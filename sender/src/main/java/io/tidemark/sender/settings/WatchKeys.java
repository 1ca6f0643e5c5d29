package io.tidemark.sender.settings;

import io.tidemark.alarm.AlarmKeys;
import io.tidemark.alarm.AlarmTypes;
import io.tidemark.alarm.PingUrl;
import io.tidemark.logging.LogKeys;
import io.tidemark.settings.Schedule;
import io.tidemark.settings.Setting;
import io.tidemark.settings.SettingTypes;
import io.tidemark.settings.SettingsReader;
import java.time.Duration;
import java.util.Optional;

/** What is watched and who is told: the keys, read and not yet known to be good. */
final class WatchKeys {
    private static final Duration HOURLY = Duration.ofHours(1);
    private static final Duration RECEIPT = Duration.ofHours(3);

    private final AlarmKeys alarms;
    private final LogKeys logs;
    private final Setting<PingUrl> ping;
    private final Setting<Optional<Schedule>> linkCheck;
    private final Setting<Optional<Duration>> complete;
    private final Setting<Optional<Duration>> partial;
    private final Setting<Optional<Duration>> receipt;

    WatchKeys(SettingsReader reader) {
        alarms = new AlarmKeys(reader);
        logs = new LogKeys(reader);
        ping = reader.optional("ping.link-check", AlarmTypes.ping("ping.link-check"));
        linkCheck = reader.or(
                "link-check.schedule",
                SettingTypes.orOff(SettingTypes.schedule()),
                Optional.of(new Schedule.Every(HOURLY)));
        complete = reader.optional("expect.complete", SettingTypes.orOff(SettingTypes.duration()));
        partial = reader.optional("expect.partial", SettingTypes.orOff(SettingTypes.duration()));
        receipt = reader.or("expect.receipt", SettingTypes.orOff(SettingTypes.duration()), Optional.of(RECEIPT));
    }

    WatchSettings get() {
        return new WatchSettings(
                alarms.get().and("link-check", ping.optional()),
                logs.get(),
                linkCheck.get(),
                new WatchSettings.Expected(complete.optional(), partial.optional(), receipt.get()));
    }
}
