package io.tidemark.receiver.settings;

import io.tidemark.failure.TidemarkException;
import io.tidemark.settings.DatabaseSettings;
import io.tidemark.settings.SettingsReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that the receiver is told.
 *
 * @param receiptsFolder where absent, no receipts are left for the sender
 * @param pollInterval how often the inbox is looked at
 * @param post in the order in which they run
 */
public record ReceiverSettings(
        Path inboxFolder,
        Optional<Path> receiptsFolder,
        DatabaseSettings database,
        Optional<Path> mediaFolder,
        MediaPlace mediaPlace,
        Path workFolder,
        Path archiveFolder,
        Path quarantineFolder,
        Duration pollInterval,
        LoadSettings load,
        Lifetimes lifetimes,
        WatchSettings watch,
        List<PostStep> post) {
    public static final Path DEFAULT_FILE = Path.of("/etc/tidemark/receiver.properties");

    public ReceiverSettings {
        post = List.copyOf(post);
    }

    /** @throws TidemarkException (USAGE) that names every problem at once */
    public static ReceiverSettings read(Path config, Map<String, String> environment) {
        return new ReceiverKeys(SettingsReader.open(config, environment)).settings();
    }

    /** What must never stand in a log. */
    public List<String> secrets() {
        List<String> secrets = new ArrayList<>(watch.alarms().secrets());
        database.password().ifPresent(password -> secrets.add(password.value()));
        return secrets;
    }

    public Path incomingFolder() {
        return workFolder.resolve("incoming");
    }
}
