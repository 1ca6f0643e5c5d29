package io.tidemark.receiver.settings;

import io.tidemark.settings.Setting;
import io.tidemark.settings.SettingTypes;
import io.tidemark.settings.SettingsReader;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The keys that say how long things are kept. */
final class LifetimeKeys {
    private static final int MOST = 10_000;

    private final Setting<Duration> complete;
    private final Setting<Duration> partial;
    private final Setting<Integer> daily;
    private final Setting<Integer> weekly;
    private final Setting<Integer> monthly;
    private final Setting<ZoneId> zone;
    private final Setting<Duration> quarantine;
    private final Setting<Duration> receipts;
    private final Setting<Duration> full;

    LifetimeKeys(SettingsReader reader) {
        complete = reader.optional("lifetime.complete", SettingTypes.duration());
        partial = reader.optional("lifetime.partial", SettingTypes.duration());
        daily = reader.or("keep.daily", SettingTypes.integer(0, MOST), 0);
        weekly = reader.or("keep.weekly", SettingTypes.integer(0, MOST), 0);
        monthly = reader.or("keep.monthly", SettingTypes.integer(0, MOST), 0);
        zone = reader.or("zone", SettingTypes.zone(), ZoneOffset.UTC);
        quarantine = reader.or("lifetime.quarantine", SettingTypes.duration(), Lifetimes.OF_REFUSED);
        full = reader.or("disk.warn", SettingTypes.duration(), Lifetimes.WARN);
        receipts = reader.or("lifetime.receipt", SettingTypes.duration(), Lifetimes.OF_REFUSED);
    }

    Lifetimes get() {
        return new Lifetimes(
                complete.optional(),
                partial.optional(),
                daily.get(),
                weekly.get(),
                monthly.get(),
                zone.get(),
                quarantine.get(),
                receipts.get(),
                full.get());
    }
}
