package io.tidemark.receiver.cli;

import io.tidemark.bundle.BundleId;
import io.tidemark.cli.BundleReference;
import io.tidemark.database.Database;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.file.WorkLock;
import io.tidemark.receiver.archive.Archive;
import io.tidemark.receiver.load.LoadOptions;
import io.tidemark.receiver.restore.Restore;
import io.tidemark.receiver.settings.ReceiverSettings;
import io.tidemark.settings.Secret;
import io.tidemark.text.Human;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code tidemark-receiver restore}. */
@Command(
        name = "restore",
        description =
                "Bring what the primary held at a bundle of the archive into an empty database, and its media into an"
                        + " empty folder. The replica is not touched.",
        footer = "A partial is restored by the complete before it and the partials up to it.")
final class RestoreCommand implements Callable<Integer> {
    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(30);

    @ParentCommand
    private ReceiverCommand node;

    @Parameters(paramLabel = "BUNDLE", description = "A bundle's name, its number, or latest.")
    private String reference;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "URL",
            description = "The empty database, e.g. jdbc:postgresql://127.0.0.1/restored.")
    private String url;

    @Option(names = "--user", paramLabel = "NAME", description = "Who logs in there. Default: database.user")
    private @Nullable String user;

    @Option(names = "--media", paramLabel = "FOLDER", description = "Where media go. Default: nowhere")
    private @Nullable Path media;

    @Override
    public Integer call() throws IOException {
        if (!url.startsWith("jdbc:postgresql:")) {
            throw new TidemarkException(
                    FailureCode.USAGE,
                    "--to: \"" + url + "\" is no JDBC URL of PostgreSQL",
                    "e.g. --to jdbc:postgresql://127.0.0.1/restored");
        }
        ReceiverSettings settings = node.stepSettings();
        BundleId bundle = new BundleReference(reference).among(new Archive(settings.archiveFolder()).bundles());
        Path scratch = settings.workFolder().resolve("restore");
        WorkLock lock = WorkLock.tryAcquire(settings.workFolder().resolve("restore.lock"))
                .orElseThrow(() -> new TidemarkException(
                        FailureCode.BUSY, "another restore is under way", "wait until it has ended"));
        try {
            Restore restore = new Restore(
                    settings.archiveFolder(),
                    scratch,
                    new LoadOptions(settings.load().workers(), table -> false, 0, true),
                    node.console().progress(),
                    Clock.systemUTC());
            Restore.Restored restored = restore.restore(
                    bundle,
                    database(settings),
                    Optional.ofNullable(media).map(Path::toAbsolutePath).map(Path::normalize));
            print(restored);
            return 0;
        } finally {
            lock.close();
        }
    }

    private Database database(ReceiverSettings settings) {
        return new Database(
                url,
                user == null ? settings.database().user() : user,
                settings.database().password().map(Secret::value).orElse(null),
                LOCK_TIMEOUT);
    }

    private void print(Restore.Restored restored) {
        node.console().close();
        if (node.json()) {
            node.console()
                    .json(new Answer(
                            restored.bundle().name(),
                            restored.complete().name(),
                            restored.partials(),
                            restored.rows(),
                            restored.files()));
            return;
        }
        node.console().line("restored " + restored.bundle().name() + " into " + url);
        node.console()
                .line("  " + Human.count(restored.rows(), "row") + " of complete "
                        + restored.complete().sequence() + ", "
                        + Human.count(restored.partials(), "partial") + " after it, "
                        + Human.count(restored.files(), "file"));
    }

    /** A restore for scripts. */
    record Answer(String bundle, String complete, int partials, long rows, long files) {}
}
