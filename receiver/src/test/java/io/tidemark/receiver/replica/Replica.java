package io.tidemark.receiver.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.bundle.BundleId;
import io.tidemark.crash.CrashPoints;
import io.tidemark.progress.Progress;
import io.tidemark.receipt.Receipt;
import io.tidemark.receiver.archive.Archive;
import io.tidemark.receiver.route.BundleOutcome;
import io.tidemark.receiver.route.LoadReport;
import io.tidemark.receiver.route.ReceiverNode;
import io.tidemark.receiver.settings.Lifetimes;
import io.tidemark.receiver.settings.LoadSettings;
import io.tidemark.receiver.settings.MediaPlace;
import io.tidemark.receiver.settings.PostStep;
import io.tidemark.receiver.settings.ReceiverSettings;
import io.tidemark.settings.DatabaseSettings;
import io.tidemark.settings.TableGlobs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A receiver with an empty database, fed from a {@link History}. */
final class Replica {
    final History history;
    final Server server;
    final String database;
    final Path root;
    /** Through which the server is reached, if not directly. */
    int port;

    /** Who loads. */
    String user = "postgres";

    Clock clock = Clock.systemUTC();
    Lifetimes lifetimes = Lifetimes.unlimited();
    List<PostStep> post = List.of();

    Replica(History history, Path root) {
        this(history, root, history.server);
    }

    /** On a server that is not the primary's. */
    Replica(History history, Path root, Server server) {
        this.history = history;
        this.server = server;
        this.database = server.database();
        this.root = root;
    }

    ReceiverSettings settings() {
        String url = server.url(database);
        return settings(root, port == 0 ? url : url.replaceFirst(":[0-9]+/", ":" + port + "/"), user, lifetimes, post);
    }

    static ReceiverSettings settings(Path root, String url) {
        return settings(root, url, "postgres", Lifetimes.unlimited(), List.of());
    }

    static ReceiverSettings settings(Path root, String url, Lifetimes lifetimes, List<PostStep> post) {
        return settings(root, url, "postgres", lifetimes, post);
    }

    private static ReceiverSettings settings(
            Path root, String url, String user, Lifetimes lifetimes, List<PostStep> post) {
        return new ReceiverSettings(
                root.resolve("inbox"),
                Optional.of(root.resolve("receipts")),
                new DatabaseSettings(url, user, Optional.empty()),
                Optional.empty(),
                MediaPlace.LINK,
                root.resolve("work"),
                root.resolve("archive"),
                root.resolve("quarantine"),
                Duration.ofSeconds(1),
                new LoadSettings(2, TableGlobs.NONE, 0.5),
                lifetimes,
                io.tidemark.receiver.settings.WatchSettings.none(),
                post);
    }

    ReceiverNode node() {
        return new ReceiverNode(settings(), clock, Progress.none(), CrashPoints.none());
    }

    /** Delivers bundles and loads what can be loaded, by a receiver that has just been started. */
    Taken take(BundleId... bundles) throws IOException {
        for (BundleId bundle : bundles) {
            history.deliver(bundle, root.resolve("inbox"));
        }
        try (ReceiverNode node = node()) {
            LoadReport report = node.load(false);
            return new Taken(report.bundles().stream()
                    .collect(Collectors.toMap(outcome -> outcome.bundle().sequence(), BundleOutcome::receipt)));
        }
    }

    /** Delivers one that has to be loaded. */
    Receipt load(BundleId bundle) throws IOException {
        Receipt receipt = take(bundle).of(bundle.sequence());
        assertThat(receipt.state()).as(receipt.reason()).isEqualTo(Receipt.State.LOADED);
        return receipt;
    }

    /** Delivers a complete that has to be loaded; gives the rows that it repaired. */
    long repairedBy(BundleId complete) throws IOException {
        history.deliver(complete, root.resolve("inbox"));
        try (ReceiverNode node = node()) {
            BundleOutcome outcome = node.load(false).bundles().get(0);
            assertThat(outcome.receipt().state()).isEqualTo(Receipt.State.LOADED);
            return outcome.repaired();
        }
    }

    void sql(String sql) {
        server.sql(database, sql);
    }

    String read(String query) {
        return server.read(database, query);
    }

    Archive archive() {
        return new Archive(root.resolve("archive"));
    }

    /** Every row of the given tables is the primary's. */
    void assertEqual(String... tables) {
        for (String table : tables) {
            String columns = history.server.read(
                    history.primary,
                    "select string_agg(quote_ident(attname), ',' order by attnum) from pg_attribute where attrelid = '"
                            + table + "'::regclass and attnum > 0 and not attisdropped");
            assertEqualColumns(table, columns);
        }
    }

    /** The same of some columns. */
    void assertEqualColumns(String table, String columns) {
        String query =
                "select md5(coalesce(string_agg(r, E'\\n' order by r collate \"C\"), '')) || ' ' || count(*) from (select row("
                        + columns + ")::text r from only " + table + ") x";
        assertThat(read(query)).as("rows of %s", table).isEqualTo(history.server.read(history.primary, query));
    }
}
