package io.tidemark.receiver.settings;

import io.tidemark.settings.DatabaseSettings;
import io.tidemark.settings.Setting;
import io.tidemark.settings.SettingTypes;
import io.tidemark.settings.SettingsReader;
import io.tidemark.settings.TableGlobs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The receiver's keys, their types and their defaults. */
final class ReceiverKeys {
    private static final int MOST_WORKERS = 64;

    private final SettingsReader reader;
    private final DatabaseSettings.Keys database;
    private final Setting<Path> inbox;
    private final Setting<Path> receipts;
    private final Setting<Path> media;
    private final Setting<MediaPlace> place;
    private final Setting<Path> work;
    private final Setting<Path> archive;
    private final Setting<Path> quarantine;
    private final Setting<Duration> poll;
    private final Setting<Integer> workers;
    private final Setting<TableGlobs> adopt;
    private final Setting<Double> rowDrop;
    private final LifetimeKeys lifetimes;
    private final WatchKeys watch;
    private final PostKeys post;

    ReceiverKeys(SettingsReader reader) {
        this.reader = reader;
        inbox = reader.required("inbox.folder", SettingTypes.path());
        receipts = reader.optional("receipts.folder", SettingTypes.path());
        database = DatabaseSettings.keys(reader);
        media = reader.optional("media.folder", SettingTypes.path());
        place = reader.or("media.place", SettingTypes.oneOf(MediaPlace.class), MediaPlace.LINK);
        work = reader.required("work.folder", SettingTypes.path());
        archive = reader.optional("archive.folder", SettingTypes.path());
        quarantine = reader.optional("quarantine.folder", SettingTypes.path());
        poll = reader.or("poll.interval", SettingTypes.duration(), Duration.ofSeconds(10));
        workers = reader.or("load.workers", SettingTypes.integer(1, MOST_WORKERS), SettingsReader.defaultWorkers());
        adopt = reader.or("load.adopt", SettingTypes.globs(), TableGlobs.NONE);
        rowDrop = reader.or("load.row-drop", SettingTypes.ratio(), 0.5);
        lifetimes = new LifetimeKeys(reader);
        watch = new WatchKeys(reader);
        post = new PostKeys(reader);
        checkFolders();
    }

    /** A folder that is listed, emptied or swept must not hold another one's files. */
    private void checkFolders() {
        List<Folder> folders = new ArrayList<>();
        inbox.optional().ifPresent(path -> folders.add(new Folder("inbox.folder", path)));
        media.optional().ifPresent(path -> folders.add(new Folder("media.folder", path)));
        receipts.optional().ifPresent(path -> folders.add(new Folder("receipts.folder", path)));
        if (work.optional().isPresent()) {
            folders.add(new Folder("archive.folder", archiveFolder()));
            folders.add(new Folder("quarantine.folder", quarantineFolder()));
        }
        for (int i = 0; i < folders.size(); i++) {
            for (Folder other : folders.subList(i + 1, folders.size())) {
                checkApart(folders.get(i), other);
            }
        }
    }

    private void checkApart(Folder one, Folder other) {
        if (one.path.startsWith(other.path) || other.path.startsWith(one.path)) {
            String how = one.path.equals(other.path) ? "is the same folder as " : "overlaps with ";
            reader.add(other.key, how + one.key, "keep them apart");
        }
    }

    private Path archiveFolder() {
        return archive.optional().orElseGet(() -> work.get().resolve("archive"));
    }

    private Path quarantineFolder() {
        return quarantine.optional().orElseGet(() -> work.get().resolve("quarantine"));
    }

    ReceiverSettings settings() {
        reader.finish();
        return new ReceiverSettings(
                inbox.get(),
                receipts.optional(),
                database.get(),
                media.optional(),
                place.get(),
                work.get(),
                archiveFolder(),
                quarantineFolder(),
                poll.get(),
                new LoadSettings(workers.get(), adopt.get(), rowDrop.get()),
                lifetimes.get(),
                watch.get(),
                post.get());
    }

    private record Folder(String key, Path path) {}
}
