package io.tidemark.sender.settings;

import io.tidemark.settings.CronSchedule;
import io.tidemark.settings.DatabaseSettings;
import io.tidemark.settings.Schedule;
import io.tidemark.settings.Secret;
import io.tidemark.settings.Setting;
import io.tidemark.settings.SettingTypes;
import io.tidemark.settings.SettingsReader;
import io.tidemark.settings.TableGlobs;
import io.tidemark.settings.TableSelection;
import io.tidemark.transfer.RemoteLocation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The sender's keys, their types and their defaults. */
final class SenderKeys {
    private static final long MEGABYTE = 1L << 20;
    private static final int MOST_WORKERS = 64;

    private final SettingsReader reader;
    private final DatabaseSettings.Keys database;
    private final Setting<String> source;
    private final Setting<TableGlobs> include;
    private final Setting<TableGlobs> exclude;
    private final Setting<Path> media;
    private final Setting<MediaGlobs> mediaInclude;
    private final Setting<MediaGlobs> mediaExclude;
    private final Setting<Duration> mediaInterval;
    private final Setting<Double> deleteGuard;
    private final Setting<Path> work;
    private final Setting<CronSchedule> schedule;
    private final Setting<CompleteSettings.Format> format;
    private final Setting<Integer> workers;
    private final Setting<Schedule> partialSchedule;
    private final Setting<PartialSettings.Mode> partialMode;
    private final Setting<Long> retained;
    private final Setting<WatermarkColumns> columns;
    private final Setting<Duration> overlap;
    private final Setting<Duration> readAll;
    private final Setting<ZoneId> zone;
    private final Setting<RemoteLocation> url;
    private final Setting<RemoteLocation> receipts;
    private final Setting<Path> privateKey;
    private final Setting<Secret> passphrase;
    private final Setting<Path> knownHosts;
    private final Setting<Long> maxSize;
    private final Setting<Duration> patience;
    private final Setting<Long> volumeSize;
    private final Setting<Boolean> owners;
    private final Setting<Boolean> grants;
    private final Setting<Duration> lockTimeout;
    private final Setting<Path> pgDump;
    private final WatchKeys watch;

    SenderKeys(SettingsReader reader) {
        this.reader = reader;
        source = reader.required("source", SettingTypes.source());
        database = DatabaseSettings.keys(reader);
        include = reader.or("tables.include", SettingTypes.globs(), TableGlobs.all());
        exclude = reader.or("tables.exclude", SettingTypes.globs(), TableGlobs.NONE);
        media = reader.optional("media.folder", SettingTypes.folder());
        mediaInclude = reader.or("media.include", MediaGlobs::parse, MediaGlobs.NONE);
        mediaExclude = reader.or("media.exclude", MediaGlobs::parse, MediaGlobs.NONE);
        mediaInterval = reader.or("media.interval", SettingTypes.duration(), Duration.ZERO);
        deleteGuard = reader.or("media.delete-guard", SettingTypes.ratio(), MediaSettings.USUAL_GUARD);
        work = reader.required("work.folder", SettingTypes.path());
        schedule = reader.or("complete.schedule", SettingTypes.cron(), CronSchedule.daily(3, 30));
        format = reader.or(
                "complete.format", SettingTypes.oneOf(CompleteSettings.Format.class), CompleteSettings.Format.AUTO);
        workers = reader.or("complete.workers", SettingTypes.integer(1, MOST_WORKERS), SettingsReader.defaultWorkers());
        readAll = reader.or("complete.read-all", SettingTypes.duration(), Duration.ofDays(7));
        zone = reader.or("zone", SettingTypes.zone(), ZoneOffset.UTC);
        url = reader.required("remote.url", RemoteUrl::read);
        receipts = reader.optional("remote.receipts", RemoteUrl.receiptsBeside(url));
        privateKey = reader.optional("remote.private-key", SettingTypes.path());
        passphrase = reader.secret("remote.private-key-passphrase");
        knownHosts = reader.optional("remote.known-hosts", SettingTypes.path());
        maxSize = reader.or("outbox.max-size", SettingTypes.size(), 2048 * MEGABYTE);
        patience = reader.or("outbox.patience", SettingTypes.duration(), Duration.ofSeconds(60));
        volumeSize = reader.or("volume.size", SettingTypes.size(), 64 * MEGABYTE);
        owners = reader.or("ddl.owners", SettingTypes.yesOrNo(), false);
        grants = reader.or("ddl.grants", SettingTypes.yesOrNo(), false);
        lockTimeout = reader.or("lock.timeout", SettingTypes.duration(), Duration.ofSeconds(30));
        pgDump = reader.optional("pg-dump", SettingTypes.existingFile());
        partialSchedule = reader.optional("partial.schedule", SettingTypes.schedule());
        partialMode =
                reader.or("partial.mode", SettingTypes.oneOf(PartialSettings.Mode.class), PartialSettings.Mode.AUTO);
        retained = reader.or("slot.max-retained-wal", SettingTypes.size(), 2048 * MEGABYTE);
        columns = reader.or("watermark.columns", WatermarkColumns::parse, WatermarkColumns.NONE);
        overlap = reader.or("watermark.overlap", SettingTypes.duration(), WatermarkSettings.USUAL);
        watch = new WatchKeys(reader);
        checkTogether();
    }

    private void checkTogether() {
        if (url.optional().filter(RemoteLocation::isSftp).isPresent()) {
            needFile("remote.private-key", privateKey, "name the private key that logs in at remote.url");
            needFile(
                    "remote.known-hosts",
                    knownHosts,
                    "name a file with the server's host key, as ssh-keyscan prints it");
        }
        long volume = volumeSize.optional().orElse(MEGABYTE);
        if (volume < MEGABYTE) {
            reader.add("volume.size", "is less than 1MB", "take 1MB or more; 64MB is good");
        }
        if (maxSize.optional().orElse(Long.MAX_VALUE) / 2 < volume) {
            reader.add("outbox.max-size", "is less than two volumes", "take at least twice volume.size");
        }
        partialSchedule
                .optional()
                .filter(every -> every instanceof Schedule.Every interval
                        && interval.interval().compareTo(PartialSettings.SHORTEST) < 0)
                .ifPresent(tooOften -> reader.add("partial.schedule", "is less than a second", "take 1s or more"));
        if (media.optional().isPresent()
                && work.optional().filter(path -> path.startsWith(media.get())).isPresent()) {
            reader.add("work.folder", "lies inside media.folder", "name a folder outside it");
        }
    }

    /** Of no use with a local folder, so only asked for with SFTP. */
    private void needFile(String key, Setting<Path> setting, String remedy) {
        if (!reader.given(key)) {
            reader.add(key, "is missing", remedy);
        }
        setting.optional()
                .filter(file -> !Files.isRegularFile(file))
                .ifPresent(
                        file -> reader.add(key, "file " + file + " does not exist", "create it, or name another one"));
    }

    SenderSettings settings() {
        reader.finish();
        return new SenderSettings(
                source.get(),
                database.get(),
                new TableSelection(include.get(), exclude.get()),
                new MediaSettings(
                        media.optional(),
                        mediaInclude.get(),
                        mediaExclude.get(),
                        mediaInterval.get(),
                        deleteGuard.get()),
                work.get(),
                new CompleteSettings(schedule.get(), format.get(), workers.get(), readAll.get()),
                new PartialSettings(
                        partialSchedule.optional(),
                        partialMode.get(),
                        retained.get(),
                        new WatermarkSettings(columns.get(), overlap.get())),
                zone.get(),
                new RemoteSettings(
                        url.get(),
                        receipts.optional(),
                        privateKey.optional(),
                        passphrase.optional(),
                        knownHosts.optional()),
                new OutboxSettings(maxSize.get(), patience.get(), volumeSize.get()),
                new DdlSettings(owners.get(), grants.get()),
                lockTimeout.get(),
                pgDump.optional(),
                watch.get());
    }
}
