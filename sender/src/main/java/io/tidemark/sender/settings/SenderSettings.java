package io.tidemark.sender.settings;

import io.tidemark.failure.TidemarkException;
import io.tidemark.settings.DatabaseSettings;
import io.tidemark.settings.SettingsReader;
import io.tidemark.settings.TableSelection;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that the sender is told.
 *
 * @param zone in which schedules are meant
 * @param lockTimeout how long a capture waits for a lock on the primary
 * @param pgDump where absent, the newest one found that is not older than the server
 */
public record SenderSettings(
        String source,
        DatabaseSettings database,
        TableSelection tables,
        MediaSettings media,
        Path workFolder,
        CompleteSettings complete,
        PartialSettings partial,
        ZoneId zone,
        RemoteSettings remote,
        OutboxSettings outbox,
        DdlSettings ddl,
        Duration lockTimeout,
        Optional<Path> pgDump,
        WatchSettings watch) {
    public static final Path DEFAULT_FILE = Path.of("/etc/tidemark/sender.properties");

    /** @throws TidemarkException (USAGE) that names every problem at once */
    public static SenderSettings read(Path config, Map<String, String> environment) {
        SenderKeys keys = new SenderKeys(SettingsReader.open(config, environment));
        return keys.settings();
    }

    /** What must never stand in a log. */
    public List<String> secrets() {
        List<String> secrets = new ArrayList<>(watch.alarms().secrets());
        database.password().ifPresent(password -> secrets.add(password.value()));
        remote.passphrase().ifPresent(passphrase -> secrets.add(passphrase.value()));
        return secrets;
    }

    public Optional<Path> mediaFolder() {
        return media.folder();
    }

    /** Deletions of media are let through, however many they are. */
    public SenderSettings acceptingMediaDeletion() {
        return new SenderSettings(
                source,
                database,
                tables,
                media.withoutGuard(),
                workFolder,
                complete,
                partial,
                zone,
                remote,
                outbox,
                ddl,
                lockTimeout,
                pgDump,
                watch);
    }

    public Path stateFile() {
        return workFolder.resolve("state.sqlite");
    }

    public Path outboxFolder() {
        return workFolder.resolve("outbox");
    }
}
