package io.tidemark.receiver.inbox;

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
import io.tidemark.position.Lsn;
import io.tidemark.position.Position;
import io.tidemark.position.SourceIdentity;
import io.tidemark.table.Column;
import io.tidemark.table.DataFormat;
import io.tidemark.table.TableDigest;
import io.tidemark.table.TableName;
import io.tidemark.table.TableShape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;

/** A small complete bundle, grown from a seed: three tables, one of them empty, and some media. Everything in it can be bent before it is written. */
public final class SampleBundle {
    private static final int TABLES = 3;
    private static final int PARTS_PER_TABLE = 4;
    private static final int ROWS = 50;

    public final BundleId id;
    /** Every content that the bundle names, and more once a test adds some. */
    public final Map<BlobId, byte[]> contents = new LinkedHashMap<>();

    public final List<PartRecord> parts = new ArrayList<>();
    public final List<MediaRecord> media = new ArrayList<>();
    /** How many contents a volume takes. */
    public int perVolume = 5;

    /** Applied to the manifest before it is written. */
    public UnaryOperator<Manifest> bend = manifest -> manifest;

    public SampleBundle(long sequence, long seed) {
        this(new BundleId("shop", sequence, BundleKind.COMPLETE, Instant.parse("2025-01-31T03:30:00Z")), seed);
    }

    public SampleBundle(BundleId id, long seed) {
        this.id = id;
        Random random = new Random(seed);
        for (int table = 0; table < TABLES - 1; table++) {
            for (int part = 0; part < PARTS_PER_TABLE; part++) {
                byte[] rows = rows(random);
                parts.add(new PartRecord(table, part, content(rows), ROWS, rows.length));
            }
        }
        for (String path : List.of("a.jpg", "a/b.jpg", "a/c d.jpg", "z/ü.jpg", "z/😀.jpg")) {
            byte[] picture = new byte[random.nextInt(3000)];
            random.nextBytes(picture);
            media.add(new MediaRecord(path, content(picture), picture.length, random.nextInt()));
        }
        MediaRecord copy = media.get(0);
        media.add(new MediaRecord("zz/copy.jpg", copy.blob(), copy.size(), 7));
    }

    public BlobId content(byte[] raw) {
        try (BlobEncoder encoder = new BlobEncoder()) {
            BlobId blob = encoder.idOf(raw, 0, raw.length);
            contents.put(blob, raw);
            return blob;
        }
    }

    /** Writes all volumes; tells their names in the order of delivery. */
    public List<VolumeName> write(Path folder) throws IOException {
        List<VolumeName> names = new ArrayList<>();
        List<Manifest.Volume> volumes = new ArrayList<>();
        List<byte[]> left = new ArrayList<>(contents.values());
        while (!left.isEmpty()) {
            VolumeName name = new VolumeName(id, names.size() + 1);
            List<byte[]> now = left.subList(0, Math.min(perVolume, left.size()));
            VolumeWriter.Written written = writeContents(folder.resolve(name.fileName()), now);
            volumes.add(new Manifest.Volume(name.fileName(), written.size(), written.sha256()));
            names.add(name);
            now.clear();
        }
        names.add(VolumeName.last(id));
        writeLast(folder.resolve(VolumeName.last(id).fileName()), volumes);
        return names;
    }

    private static VolumeWriter.Written writeContents(Path file, List<byte[]> contents) throws IOException {
        try (VolumeWriter writer = new VolumeWriter(file);
                BlobEncoder encoder = new BlobEncoder()) {
            for (byte[] raw : contents) {
                EncodedBlob blob = encoder.encode(raw, 0, raw.length);
                writer.add(EntryName.of(blob.name()), blob.buffer(), blob.offset(), blob.length());
            }
            return writer.finish();
        }
    }

    private void writeLast(Path file, List<Manifest.Volume> volumes) throws IOException {
        Map<String, byte[]> entries = entries();
        List<Manifest.Entry> listed = new ArrayList<>();
        entries.forEach(
                (name, bytes) -> listed.add(new Manifest.Entry(name, bytes.length, ManifestJson.sha256(bytes))));
        byte[] json = ManifestJson.write(bend.apply(manifest(volumes, listed)));
        try (VolumeWriter writer = new VolumeWriter(file)) {
            writer.add(EntryName.MANIFEST, json);
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                writer.add(entry.getKey(), entry.getValue());
            }
            writer.add(EntryName.MANIFEST_SHA256, ManifestJson.checksumFile(json));
            writer.finish();
        }
    }

    /** The entries of the last volume that the manifest lists. */
    public Map<String, byte[]> entries() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put(EntryName.RESTORE_SQL, "select 1;\n".repeat(100).getBytes(StandardCharsets.UTF_8));
        entries.put(EntryName.PRE_DATA, "create table a (id int);\n".getBytes(StandardCharsets.UTF_8));
        entries.put(EntryName.POST_DATA, new byte[0]);
        entries.put(EntryName.PARTS, lines(parts, PartRecord.class));
        entries.put(EntryName.MEDIA, lines(media, MediaRecord.class));
        return entries;
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

    private Manifest manifest(List<Manifest.Volume> volumes, List<Manifest.Entry> entries) {
        List<Manifest.Table> tables = new ArrayList<>();
        for (int i = 0; i < TABLES; i++) {
            int index = i;
            TableShape shape = new TableShape(
                    new TableName("public", "table " + i),
                    List.of(new Column("id", "bigint", true, Column.Identity.NONE, false, "")),
                    List.of("id"),
                    List.of());
            List<PartRecord> own =
                    parts.stream().filter(part -> part.table() == index).toList();
            long rows = own.stream().mapToLong(PartRecord::rows).sum();
            long bytes = own.stream().mapToLong(PartRecord::bytes).sum();
            tables.add(new Manifest.Table(
                    shape, shape.fingerprint(), DataFormat.TEXT, 512, rows, bytes, TableDigest.EMPTY));
        }
        return new Manifest(
                Manifest.FORMAT,
                "test",
                id.source(),
                id.sequence(),
                id.kind(),
                "scheduled",
                id.created(),
                new SourceIdentity("7312345678901234567", 16384, 1),
                new Position(Position.Kind.CONSISTENT_POINT, Lsn.parse("16/B374D848"), "740:745:"),
                null,
                null,
                new Manifest.Server(150008, "UTF8"),
                tables,
                List.of(),
                new Manifest.Parts(
                        parts.size(),
                        tables.stream().mapToLong(Manifest.Table::rows).sum(),
                        tables.stream().mapToLong(Manifest.Table::bytes).sum()),
                new Manifest.Media(
                        true,
                        media.size(),
                        media.stream().mapToLong(MediaRecord::size).sum()),
                volumes,
                entries,
                List.of());
    }

    private static byte[] rows(Random random) {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < ROWS; i++) {
            rows.append(random.nextInt(1_000_000)).append("\tsome name that compresses\n");
        }
        return rows.toString().getBytes(StandardCharsets.UTF_8);
    }
}
