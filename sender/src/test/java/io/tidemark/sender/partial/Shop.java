package io.tidemark.sender.partial;

import io.tidemark.bundle.BundleId;
import io.tidemark.bundle.EntryName;
import io.tidemark.bundle.Limits;
import io.tidemark.bundle.Manifest;
import io.tidemark.bundle.ManifestJson;
import io.tidemark.bundle.VolumeName;
import io.tidemark.bundle.VolumeReader;
import io.tidemark.change.Cell;
import io.tidemark.change.ChangeReader;
import io.tidemark.change.RowChange;
import io.tidemark.crash.CrashPoints;
import io.tidemark.sender.outbox.Outbox;
import io.tidemark.sender.settings.SenderSettings;
import io.tidemark.sender.state.SenderState;
import io.tidemark.table.TableName;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A database with a sender of its own that makes partials of it, and what a replica would make of those. */
final class Shop implements AutoCloseable {
    private final Path folder;
    private final String[] more;
    final Primary primary;
    final String database;
    final SenderSettings settings;
    final Outbox outbox;
    final SenderState state;
    final ChosenPartials maker;

    Shop(Primary primary, String database, Path folder, CrashPoints crashPoints, String... more) throws IOException {
        this(primary, database, "postgres", folder, crashPoints, more);
    }

    Shop(Primary primary, String database, String user, Path folder, CrashPoints crashPoints, String... more)
            throws IOException {
        this.folder = folder;
        this.more = more.clone();
        this.primary = primary;
        this.database = database;
        Path file = Files.createDirectories(folder).resolve("sender.properties");
        Files.createDirectories(folder.resolve("work"));
        Files.writeString(
                file,
                String.join(
                        "\n",
                        "source=" + database,
                        "database.url=" + primary.url(database),
                        "database.user=" + user,
                        "work.folder=" + folder.resolve("work"),
                        "lock.timeout=2s",
                        "slot.max-retained-wal=100MB",
                        "remote.url=file:" + folder.resolve("inbox"),
                        String.join("\n", more)));
        settings = SenderSettings.read(file, Map.of());
        outbox = new Outbox(settings.outboxFolder(), 1 << 30);
        state = SenderState.open(settings.workFolder());
        maker = new ChosenPartials(settings, outbox, state, Clock.systemUTC(), crashPoints);
    }

    List<BundleId> make() {
        return maker.make("manual", false);
    }

    void sql(String sql) {
        primary.sql(database, sql);
    }

    List<Manifest> manifests() throws IOException {
        List<Manifest> manifests = new ArrayList<>();
        for (VolumeName volume : outbox.waiting()) {
            manifests.add(ManifestJson.read(entry(entries(volume), EntryName.MANIFEST)));
        }
        return manifests;
    }

    private static byte[] entry(Map<String, byte[]> entries, String name) {
        return Objects.requireNonNull(entries.get(name), name);
    }

    private Map<String, byte[]> entries(VolumeName volume) throws IOException {
        Map<String, byte[]> entries = new HashMap<>();
        try (InputStream in = outbox.open(volume)) {
            VolumeReader.read(
                    in, Limits.standard(), (name, size, content) -> entries.put(name, content.readAllBytes()));
        }
        return entries;
    }

    /** All waiting partials one after another onto rows of one table, by its one column of key. */
    Map<String, List<Cell>> replica(String table) throws IOException {
        Map<String, List<Cell>> rows = new HashMap<>();
        for (VolumeName volume : outbox.waiting()) {
            Map<String, byte[]> entries = entries(volume);
            Manifest.Partial partial =
                    ManifestJson.read(entry(entries, EntryName.MANIFEST)).partial();
            for (Manifest.Changes changes : partial == null ? List.<Manifest.Changes>of() : partial.changes()) {
                if (changes.table().equals(new TableName("public", table))) {
                    apply(entry(entries, changes.entry()), rows);
                }
            }
        }
        return rows;
    }

    private static void apply(byte[] file, Map<String, List<Cell>> rows) throws IOException {
        Map<String, List<Cell>> before = new HashMap<>(rows);
        Map<String, List<Cell>> after = new HashMap<>();
        try (ChangeReader reader = ChangeReader.open(new ByteArrayInputStream(file), "changes")) {
            if (reader.header().truncated()) {
                rows.clear();
            }
            for (RowChange change = reader.next(); change != null; change = reader.next()) {
                String key = String.valueOf(change.cells().get(0).text());
                if (change.op() == RowChange.Op.DELETE) {
                    rows.remove(key);
                    continue;
                }
                List<Cell> source = change.formerly().isEmpty()
                        ? before.get(key)
                        : before.get(String.valueOf(
                                change.formerly().get(0).key().get(0).text()));
                List<Cell> row = new ArrayList<>(change.cells());
                for (int i = 0; i < row.size(); i++) {
                    if (row.get(i).unchanged() && source != null) {
                        row.set(i, source.get(i));
                    }
                }
                after.put(key, row);
            }
        }
        rows.putAll(after);
    }

    /** The same of the primary. */
    Map<String, List<Cell>> original(String table) {
        Map<String, List<Cell>> rows = new HashMap<>();
        for (List<String> row : primary.rows(database, "select * from " + table)) {
            rows.put(
                    row.get(0),
                    row.stream()
                            .map(value -> value.equals("null") ? Cell.NULL : Cell.of(value))
                            .toList());
        }
        return rows;
    }

    @Override
    public void close() {
        maker.close();
        state.close();
    }

    /** Makes partials in a process of its own that is halted there. */
    int halt(PartialStep step) throws IOException, InterruptedException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                classPath,
                Halted.class.getName(),
                primary.url(database),
                database,
                folder.toString(),
                CrashPoints.word(step)));
        words.addAll(List.of(more));
        return new ProcessBuilder(words).inheritIO().start().waitFor();
    }

    /** The process that is halted. */
    static final class Halted {
        private Halted() {}

        public static void main(String[] arguments) throws IOException {
            Primary known = Primary.at(arguments[0]);
            String[] more = List.of(arguments).subList(4, arguments.length).toArray(String[]::new);
            try (Shop shop = new Shop(known, arguments[1], Path.of(arguments[2]), CrashPoints.of(arguments[3]), more)) {
                shop.make();
            }
        }
    }
}
