package io.tidemark.receiver.replica;

import io.tidemark.blob.BlobEncoder;
import io.tidemark.blob.BlobId;
import io.tidemark.blob.EncodedBlob;
import io.tidemark.bundle.BundleId;
import io.tidemark.bundle.BundleKind;
import io.tidemark.bundle.EntryName;
import io.tidemark.bundle.Manifest;
import io.tidemark.bundle.ManifestJson;
import io.tidemark.bundle.MediaRecord;
import io.tidemark.bundle.PartRecord;
import io.tidemark.bundle.RecordWriter;
import io.tidemark.bundle.VolumeName;
import io.tidemark.bundle.VolumeWriter;
import io.tidemark.change.Cell;
import io.tidemark.change.ChangeHeader;
import io.tidemark.change.ChangeWriter;
import io.tidemark.change.RowChange;
import io.tidemark.database.Catalogue;
import io.tidemark.database.Relation;
import io.tidemark.database.TableInfo;
import io.tidemark.position.Lsn;
import io.tidemark.position.Position;
import io.tidemark.position.SourceIdentity;
import io.tidemark.table.Column;
import io.tidemark.table.DataFormat;
import io.tidemark.table.RowDigest;
import io.tidemark.table.TableName;
import io.tidemark.table.TableShape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * A primary and what it looked like at each tick. Bundles between any two ticks can be made at any time: partials by comparing, as a sender
 * that compacts the log would write them, completes at the last tick. They are put into a stash, from which a test delivers them in the
 * order that it likes.
 */
final class History {
    private static final long LSN_PER_TICK = 0x100;

    final Server server = Server.shared();
    final String primary = server.database();
    final Path stash;
    /** Values of at least this length that stay as they are are left out of updates, as those kept outside of rows are. */
    int longValue = 100;

    SourceIdentity identity = new SourceIdentity("7312345678901234567", 16384, 1);
    String source = "shop";
    /** Of the bundles that are made from here on. */
    String label = "scheduled";

    Manifest.Mode mode = Manifest.Mode.LOG;
    private final List<Map<TableName, Table>> ticks = new ArrayList<>();
    private final List<Set<String>> truncated = new ArrayList<>();
    private Set<String> truncatedNow = new HashSet<>();
    private long sequence;

    History(Path stash) {
        this.stash = stash;
    }

    /** A table's rows by key. */
    private record Table(TableShape shape, Map<List<String>, List<@Nullable String>> rows) {}

    void sql(String sql) {
        server.sql(primary, sql);
    }

    /** As TRUNCATE, which a comparison does not see. */
    void truncate(String table) {
        sql("truncate " + table);
        truncatedNow.add("public." + table);
    }

    /** @return the number of the tick, from 1 */
    int tick() {
        try (Connection connection = server.pinned(primary).open("test")) {
            Map<TableName, Table> now = new TreeMap<>();
            for (TableShape shape : shapes(connection)) {
                now.put(shape.table(), new Table(shape, rows(connection, shape)));
            }
            ticks.add(now);
            truncated.add(truncatedNow);
            truncatedNow = new HashSet<>();
            return ticks.size();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    int tick(String sql) {
        sql(sql);
        return tick();
    }

    /** The next bundle has the number of the last one. */
    void back() {
        sequence--;
    }

    static Lsn lsn(int tick) {
        return new Lsn(tick * LSN_PER_TICK);
    }

    private static List<TableShape> shapes(Connection connection) throws SQLException {
        Catalogue catalogue = Catalogue.read(
                connection, all -> all.stream().map(Relation::oid).collect(Collectors.toSet()));
        return catalogue.relations().stream()
                .filter(relation -> relation.kind() == 'r')
                .map(relation -> catalogue.table(relation.name()))
                .flatMap(Optional::stream)
                .map(TableInfo::shape)
                .toList();
    }

    private static Map<List<String>, List<@Nullable String>> rows(Connection connection, TableShape shape)
            throws SQLException {
        String columns = shape.copied().stream()
                .map(column -> TableName.quote(column.name()) + "::text")
                .collect(Collectors.joining(", "));
        Map<List<String>, List<@Nullable String>> rows = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select " + columns + " from only " + shape.table().quoted())) {
            while (row.next()) {
                List<@Nullable String> cells = new ArrayList<>();
                for (int i = 1; i <= shape.copied().size(); i++) {
                    cells.add(row.getString(i));
                }
                rows.put(key(shape, cells), cells);
            }
        }
        return rows;
    }

    private static List<String> key(TableShape shape, List<@Nullable String> cells) {
        List<String> names = shape.copied().stream().map(Column::name).toList();
        return shape.key().stream()
                .map(name -> "" + cells.get(names.indexOf(name)))
                .toList();
    }

    /** The partial of the range from one tick to another. */
    BundleId partial(int from, int to) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        List<Manifest.Changes> changes = new ArrayList<>();
        for (Table after : ticks.get(to - 1).values()) {
            if (!after.shape().key().isEmpty()) {
                changes(from, to, after, changes, entries);
            }
        }
        return partial(lsn(from), lsn(to), changes, entries);
    }

    private void changes(int from, int to, Table after, List<Manifest.Changes> changes, Map<String, byte[]> entries)
            throws IOException {
        TableName table = after.shape().table();
        boolean emptied = false;
        Set<List<String>> between = new HashSet<>();
        for (int tick = from; tick <= to; tick++) {
            emptied |= tick > from && truncated.get(tick - 1).contains(table.toString());
            Table then = ticks.get(tick - 1).get(table);
            if (then != null) {
                between.addAll(then.rows().keySet());
            }
        }
        Table before = emptied ? null : ticks.get(from - 1).get(table);
        List<RowChange> rows = new ArrayList<>();
        for (List<String> key : between) {
            List<@Nullable String> now = after.rows().get(key);
            List<@Nullable String> then = before == null ? null : before.rows().get(key);
            if (now == null) {
                if (!emptied) {
                    rows.add(RowChange.of(
                            RowChange.Op.DELETE, key.stream().map(Cell::of).toList()));
                }
            } else if (then == null) {
                rows.add(RowChange.of(RowChange.Op.INSERT, cells(now, now, false)));
            } else if (!now.equals(then) || touchedBetween(from, to, table, key, now)) {
                boolean steady = then.size() == now.size() && !touchedBetween(from, to, table, key, now);
                rows.add(RowChange.of(RowChange.Op.UPDATE, cells(now, then, steady)));
            }
        }
        if (emptied || !rows.isEmpty()) {
            add(after.shape(), emptied, rows, changes, entries);
        }
    }

    private boolean touchedBetween(int from, int to, TableName table, List<String> key, List<@Nullable String> now) {
        for (int tick = from + 1; tick < to; tick++) {
            Table then = ticks.get(tick - 1).get(table);
            if (then == null || !now.equals(then.rows().get(key))) {
                return true;
            }
        }
        return false;
    }

    private List<Cell> cells(List<@Nullable String> now, List<@Nullable String> then, boolean mayLeaveOut) {
        List<Cell> cells = new ArrayList<>();
        for (int i = 0; i < now.size(); i++) {
            String value = now.get(i);
            boolean same = mayLeaveOut && value != null && value.length() >= longValue && value.equals(then.get(i));
            cells.add(same ? Cell.UNCHANGED : value == null ? Cell.NULL : Cell.of(value));
        }
        return cells;
    }

    /** Adds a change file of given rows to those of a bundle that is being made. */
    void add(
            TableShape shape,
            boolean emptied,
            List<RowChange> rows,
            List<Manifest.Changes> changes,
            Map<String, byte[]> entries)
            throws IOException {
        ChangeHeader header = new ChangeHeader(
                shape.table(),
                shape.copied().stream()
                        .map(column -> new ChangeHeader.Column(column.name(), column.type()))
                        .toList(),
                shape.key(),
                emptied);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        String entry = EntryName.changes(shape.table(), changes.size(), entries::containsKey);
        ChangeWriter writer = new ChangeWriter(bytes, header);
        try (writer) {
            for (RowChange row : rows) {
                writer.write(row);
            }
        }
        entries.put(entry, bytes.toByteArray());
        changes.add(new Manifest.Changes(
                shape.table(),
                entry,
                header.columns(),
                header.key(),
                shape,
                emptied,
                writer.inserted(),
                writer.updated(),
                writer.deleted()));
    }

    TableShape shape(int tick, String table) {
        return ticks.get(tick - 1).entrySet().stream()
                .filter(each -> each.getKey().toString().equals(table))
                .findFirst()
                .orElseThrow()
                .getValue()
                .shape();
    }

    /** A partial of one table with given rows. */
    BundleId partial(int from, int to, String table, RowChange... rows) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        List<Manifest.Changes> changes = new ArrayList<>();
        add(shape(to, table), false, List.of(rows), changes, entries);
        return partial(lsn(from), lsn(to), changes, entries);
    }

    BundleId partial(Lsn from, Lsn to, List<Manifest.Changes> changes, Map<String, byte[]> entries) throws IOException {
        Manifest manifest = manifest(
                BundleKind.PARTIAL,
                to,
                new Manifest.Partial(from, mode, changes),
                List.of(),
                new Manifest.Parts(0, 0, 0),
                List.of());
        write(manifest, entries);
        return manifest.id();
    }

    /** A complete at the last tick. */
    BundleId complete() throws IOException {
        List<Manifest.Table> tables = new ArrayList<>();
        List<PartRecord> parts = new ArrayList<>();
        Map<BlobId, byte[]> blobs = new LinkedHashMap<>();
        try (Connection connection = server.pinned(primary).open("test");
                BlobEncoder encoder = new BlobEncoder()) {
            for (TableShape shape : shapes(connection)) {
                byte[] rows = copy(connection, shape);
                RowDigest digest = digest(rows);
                if (digest.rows() > 0) {
                    BlobId blob = encoder.idOf(rows, 0, rows.length);
                    blobs.put(blob, rows);
                    parts.add(new PartRecord(tables.size(), 0, blob, digest.rows(), rows.length));
                }
                tables.add(new Manifest.Table(
                        shape, shape.fingerprint(), DataFormat.TEXT, 512, digest.rows(), rows.length, digest.digest()));
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
        return complete(tables, parts, blobs);
    }

    private BundleId complete(List<Manifest.Table> tables, List<PartRecord> parts, Map<BlobId, byte[]> blobs)
            throws IOException {
        long rows = tables.stream().mapToLong(Manifest.Table::rows).sum();
        long bytes = tables.stream().mapToLong(Manifest.Table::bytes).sum();
        Manifest manifest = manifest(
                BundleKind.COMPLETE,
                lsn(ticks.size()),
                null,
                tables,
                new Manifest.Parts(parts.size(), rows, bytes),
                List.of());
        List<Manifest.Volume> volumes = blobs.isEmpty() ? List.of() : List.of(contents(manifest.id(), blobs));
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put(EntryName.RESTORE_SQL, new byte[0]);
        try {
            entries.put(EntryName.PRE_DATA, ddl("pre-data"));
            entries.put(EntryName.POST_DATA, ddl("post-data"));
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
        entries.put(EntryName.PARTS, lines(parts, PartRecord.class));
        entries.put(EntryName.MEDIA, lines(List.of(), MediaRecord.class));
        write(
                new Manifest(
                        manifest.format(),
                        manifest.tool(),
                        manifest.source(),
                        manifest.sequence(),
                        manifest.kind(),
                        manifest.label(),
                        manifest.created(),
                        manifest.identity(),
                        manifest.position(),
                        null,
                        null,
                        manifest.server(),
                        tables,
                        List.of(),
                        manifest.parts(),
                        manifest.media(),
                        volumes,
                        List.of(),
                        List.of()),
                entries);
        return manifest.id();
    }

    private Manifest.Volume contents(BundleId id, Map<BlobId, byte[]> blobs) throws IOException {
        VolumeName name = new VolumeName(id, 1);
        try (VolumeWriter writer = new VolumeWriter(stash.resolve(name.fileName()));
                BlobEncoder encoder = new BlobEncoder()) {
            for (byte[] raw : blobs.values()) {
                EncodedBlob blob = encoder.encode(raw, 0, raw.length);
                writer.add(EntryName.of(blob.name()), blob.buffer(), blob.offset(), blob.length());
            }
            VolumeWriter.Written written = writer.finish();
            return new Manifest.Volume(name.fileName(), written.size(), written.sha256());
        }
    }

    /** Only pg_dump's entries. */
    private byte[] ddl(String section) throws IOException, InterruptedException {
        String text = server.dump(primary, section)
                .lines()
                .filter(line -> !line.startsWith("SET ")
                        && !line.startsWith("\\")
                        && !line.startsWith("SELECT pg_catalog.set_config"))
                .collect(Collectors.joining("\n"));
        int first = text.indexOf("--\n-- Name: ");
        String entries = first < 0 ? "" : text.substring(first);
        return entries.replaceFirst("(?s)--\n-- PostgreSQL database dump complete.*", "")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] copy(Connection connection, TableShape shape) throws SQLException, IOException {
        String columns = shape.copied().stream()
                .map(column -> TableName.quote(column.name()))
                .collect(Collectors.joining(", "));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut("COPY " + shape.table().quoted() + " (" + columns + ") TO STDOUT", bytes);
        return bytes.toByteArray();
    }

    private static RowDigest digest(byte[] rows) {
        RowDigest digest = new RowDigest();
        int start = 0;
        for (int i = 0; i < rows.length; i++) {
            if (rows[i] == '\n') {
                digest.add(rows, start, i - start);
                start = i + 1;
            }
        }
        return digest;
    }

    private static <T> byte[] lines(List<T> records, Class<T> type) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (RecordWriter<T> writer = new RecordWriter<>(bytes, type)) {
            for (T each : records) {
                writer.write(each);
            }
        }
        return bytes.toByteArray();
    }

    private Manifest manifest(
            BundleKind kind,
            Lsn position,
            Manifest.@Nullable Partial partial,
            List<Manifest.Table> tables,
            Manifest.Parts parts,
            List<Manifest.Entry> entries) {
        sequence++;
        return new Manifest(
                Manifest.FORMAT,
                "test",
                source,
                sequence,
                kind,
                label,
                Instant.parse("2026-03-02T03:30:00Z").plusSeconds(sequence),
                identity,
                new Position(Position.Kind.CONSISTENT_POINT, position, ""),
                null,
                partial,
                new Manifest.Server(150008, "UTF8"),
                tables,
                List.of(),
                parts,
                new Manifest.Media(false, 0, 0),
                List.of(),
                entries,
                List.of());
    }

    private void write(Manifest manifest, Map<String, byte[]> entries) throws IOException {
        List<Manifest.Entry> listed = new ArrayList<>();
        entries.forEach(
                (name, bytes) -> listed.add(new Manifest.Entry(name, bytes.length, ManifestJson.sha256(bytes))));
        byte[] json = ManifestJson.write(manifest.withEntries(listed));
        try (VolumeWriter writer =
                new VolumeWriter(stash.resolve(VolumeName.last(manifest.id()).fileName()))) {
            writer.add(EntryName.MANIFEST, json);
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                writer.add(entry.getKey(), entry.getValue());
            }
            writer.add(EntryName.MANIFEST_SHA256, ManifestJson.checksumFile(json));
            writer.finish();
        }
    }

    /** Copies a bundle's volumes. */
    void deliver(BundleId bundle, Path inbox) throws IOException {
        Files.createDirectories(inbox);
        for (VolumeName name : List.of(new VolumeName(bundle, 1), VolumeName.last(bundle))) {
            Path file = stash.resolve(name.fileName());
            if (Files.exists(file)) {
                Files.copy(file, inbox.resolve(name.fileName()), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
