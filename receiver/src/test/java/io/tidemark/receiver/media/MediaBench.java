package io.tidemark.receiver.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.blob.BlobEncoder;
import io.tidemark.blob.BlobId;
import io.tidemark.blob.BlobIntake;
import io.tidemark.blob.BlobStore;
import io.tidemark.blob.EncodedBlob;
import io.tidemark.bundle.MediaPath;
import io.tidemark.bundle.MediaRecord;
import io.tidemark.bundle.RecordWriter;
import io.tidemark.crash.CrashPoints;
import io.tidemark.progress.Progress;
import io.tidemark.receiver.settings.MediaPlace;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A media folder, a store beside it on the same file system, and the lists of bundles. */
final class MediaBench {
    final Path root;
    final BlobStore store;
    private final Path work;
    private final MediaPlace how;
    private final Map<BlobId, byte[]> contents = new HashMap<>();
    private int lists;

    MediaBench(Path folder, MediaPlace how) throws IOException {
        this.root = folder.resolve("media");
        this.work = Files.createDirectories(folder.resolve("work"));
        this.store = new BlobStore(folder.resolve("blobs"));
        this.how = how;
    }

    /** What a bundle lists: path to content and time. */
    static final class Listing {
        private final TreeMap<String, MediaRecord> records = new TreeMap<>(MediaPath::compare);
        private final Map<BlobId, byte[]> contents = new HashMap<>();

        Listing file(String path, String content) {
            return file(path, content, 1_700_000_000_123L);
        }

        Listing file(String path, String content, long modified) {
            return file(path, content.getBytes(StandardCharsets.UTF_8), modified);
        }

        Listing file(String path, byte[] content, long modified) {
            try (BlobEncoder encoder = new BlobEncoder()) {
                BlobId id = encoder.idOf(content, 0, content.length);
                contents.put(id, content);
                records.put(path, new MediaRecord(path, id, content.length, modified));
            }
            return this;
        }

        Listing without(String path) {
            records.remove(path);
            return this;
        }

        Listing copy() {
            Listing copy = new Listing();
            copy.records.putAll(records);
            copy.contents.putAll(contents);
            return copy;
        }

        Map<String, MediaRecord> records() {
            return records;
        }
    }

    /** Puts the contents into the store and writes the list. */
    Path write(Listing listing) throws IOException {
        try (BlobIntake intake = store.intake();
                BlobEncoder encoder = new BlobEncoder()) {
            for (byte[] content : listing.contents.values()) {
                EncodedBlob blob = encoder.encode(content, 0, content.length);
                intake.put(
                        blob.name(),
                        blob.length(),
                        new ByteArrayInputStream(blob.buffer(), blob.offset(), blob.length()));
            }
            intake.commit();
        }
        contents.putAll(listing.contents);
        Path list = work.resolve(lists++ + ".jsonl.zst");
        try (RecordWriter<MediaRecord> writer = RecordWriter.create(list, MediaRecord.class)) {
            for (MediaRecord record : listing.records.values()) {
                writer.write(record);
            }
        }
        return list;
    }

    MediaPlacer placer() {
        return placer(root, store, how, CrashPoints.none());
    }

    static MediaPlacer placer(Path root, BlobStore store, MediaPlace how, CrashPoints crash) {
        return new MediaPlacer(root, store, how, crash, Progress.none());
    }

    /** Both phases. */
    MediaResult load(Optional<Path> previous, Path next) throws IOException {
        MediaLists lists = new MediaLists(previous, next, -1);
        return placer().removeGone(lists, placer().place(lists));
    }

    MediaResult load(Listing next) throws IOException {
        return load(Optional.empty(), write(next));
    }

    MediaResult load(Listing previous, Listing next) throws IOException {
        return load(Optional.of(write(previous)), write(next));
    }

    /** The folder holds what is listed, and besides only these; no file of ours is left. */
    void assertHolds(Listing listing, String... others) throws IOException {
        for (MediaRecord record : listing.records.values()) {
            Path file = root.resolve(record.path());
            assertThat(file).as(record.path()).isRegularFile();
            assertThat(Files.readAllBytes(file)).as(record.path()).isEqualTo(contents.get(record.blob()));
        }
        Stream<String> expected = Stream.concat(listing.records.keySet().stream(), Stream.of(others));
        assertThat(files()).containsExactlyInAnyOrderElementsOf(expected.toList());
    }

    long modified(String path) throws IOException {
        return Files.getLastModifiedTime(root.resolve(path)).toMillis();
    }

    /** Paths of everything that is no folder. */
    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .map(path -> root.relativize(path).toString())
                    .toList();
        }
    }
}
