package io.tidemark.sender.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.blob.BlobId;
import io.tidemark.bundle.BundleId;
import io.tidemark.bundle.BundleKind;
import io.tidemark.bundle.MediaRecord;
import io.tidemark.bundle.RecordReader;
import io.tidemark.bundle.VolumeName;
import io.tidemark.progress.Progress;
import io.tidemark.sender.settings.MediaSettings;
import io.tidemark.sender.state.Sealed;
import io.tidemark.sender.state.SenderState;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A media folder with a sender's memory beside it. */
final class MediaFolder implements Closeable {
    /** The capture's clock; files are older unless a test says otherwise. */
    static final Instant NOW = Instant.parse("2025-03-01T12:00:00Z");

    final Path root;
    final Path scratch;
    final Path list;
    private final Path work;
    private SenderState state;

    MediaFolder(Path folder) throws IOException {
        root = Files.createDirectories(folder.resolve("media"));
        work = Files.createDirectories(folder.resolve("work"));
        scratch = work.resolve("scratch");
        list = work.resolve("media.jsonl.zst");
        state = SenderState.open(work);
    }

    SenderState state() {
        return state;
    }

    void loseState() throws IOException {
        state.close();
        Files.delete(work.resolve(SenderState.FILE));
        state = SenderState.open(work);
    }

    Path write(String path, byte[] content, Duration age) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
        Files.setLastModifiedTime(file, FileTime.from(NOW.minus(age)));
        return file;
    }

    /** A complete that holds nothing but media, pushed and loaded. */
    Captured capture() throws IOException {
        return capture(sink -> sink);
    }

    Captured capture(UnaryOperator<ContentSink> around) throws IOException {
        BundleId bundle = state.begin("shop", BundleKind.COMPLETE, NOW, "test");
        MemorySink sink = new MemorySink(state, bundle);
        MediaSummary summary = new MediaCapture(
                        MediaSettings.of(root),
                        scratch,
                        state.media(),
                        Clock.fixed(NOW, ZoneOffset.UTC),
                        Progress.none())
                .capture(around.apply(sink), list, MediaCapture.Standing.ALONE);
        state.noteVolume(new VolumeName(bundle, 1), sink.contents.keySet());
        state.seal(bundle, new Sealed("ab", Optional.empty(), 0, 0, Duration.ZERO));
        state.volumePushed(new VolumeName(bundle, 1));
        return new Captured(sink, summary, records());
    }

    /** What one capture gave. */
    record Captured(MemorySink sink, MediaSummary summary, List<MediaRecord> records) {
        List<String> paths() {
            return records.stream().map(MediaRecord::path).toList();
        }
    }

    private List<MediaRecord> records() throws IOException {
        List<MediaRecord> records = new ArrayList<>();
        try (RecordReader<MediaRecord> reader = RecordReader.open(list, MediaRecord.class)) {
            for (MediaRecord record = reader.next(); record != null; record = reader.next()) {
                records.add(record);
            }
        }
        return records;
    }

    static BlobId idOf(byte[] content) {
        MessageDigest digest = BlobId.sha256();
        digest.update(content);
        return BlobId.of(digest);
    }

    /** Every record describes a file as it is, and every content that the sink got is the one that its name says. */
    void assertTrue(Captured captured) throws IOException {
        for (MediaRecord record : captured.records()) {
            byte[] content = Files.readAllBytes(root.resolve(record.path()));
            assertThat(record.blob()).as(record.path()).isEqualTo(idOf(content));
            assertThat(record.size()).as(record.path()).isEqualTo(content.length);
        }
        captured.sink()
                .contents
                .forEach(
                        (id, content) -> assertThat(idOf(content)).as("content").isEqualTo(id));
    }

    @Override
    public void close() {
        state.close();
    }
}
