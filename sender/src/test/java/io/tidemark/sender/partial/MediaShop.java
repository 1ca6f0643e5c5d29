package io.tidemark.sender.partial;

import io.tidemark.blob.BlobId;
import io.tidemark.bundle.BundleId;
import io.tidemark.bundle.BundleKind;
import io.tidemark.bundle.EntryName;
import io.tidemark.bundle.Limits;
import io.tidemark.bundle.Manifest;
import io.tidemark.bundle.ManifestJson;
import io.tidemark.bundle.MediaDelta;
import io.tidemark.bundle.MediaRecord;
import io.tidemark.bundle.RecordReader;
import io.tidemark.bundle.VolumeName;
import io.tidemark.bundle.VolumeReader;
import io.tidemark.crash.CrashPoints;
import io.tidemark.position.Lsn;
import io.tidemark.progress.Progress;
import io.tidemark.sender.complete.CompleteMaker;
import io.tidemark.sender.settings.SenderSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A shop with pictures, and what a receiver would make of its bundles, in whichever order they come. */
final class MediaShop implements AutoCloseable {
    /** Long enough ago that a file's time can be believed. */
    private static final Instant OLD = Instant.parse("2024-01-01T00:00:00Z");

    final Shop shop;
    final Path media;

    /** @param more settings beside the media folder's */
    MediaShop(Primary primary, String database, Path folder, String... more) throws IOException {
        media = Files.createDirectories(folder.resolve("media"));
        List<String> all = new ArrayList<>(List.of(more));
        all.add("media.folder=" + media);
        shop = new Shop(primary, database, folder, CrashPoints.none(), all.toArray(String[]::new));
    }

    Path write(String path, String content) throws IOException {
        Path file = media.resolve(path);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, content);
        Files.setLastModifiedTime(file, FileTime.from(OLD.plusSeconds(content.hashCode() & 0xffff)));
        return file;
    }

    List<BundleId> partial() {
        return shop.make();
    }

    BundleId complete() {
        return complete(() -> {}, () -> {});
    }

    /**
     * A complete, and what happens meanwhile.
     *
     * @param cut when the rows are read, before the folder is looked at
     * @param looked when the folder was looked at, before the complete is whole
     */
    BundleId complete(Runnable cut, Runnable looked) {
        return complete(shop.settings, cut, looked);
    }

    BundleId complete(SenderSettings settings, Runnable cut, Runnable looked) {
        AtomicReference<Runnable> then = new AtomicReference<>(() -> {});
        Progress progress = new Progress() {
            @Override
            public void begin(String stage, long total, Unit unit) {}

            @Override
            public void advance(String stage, long amount) {}

            @Override
            public void end(String stage, String summary) {
                if (stage.equals("media")) {
                    then.set(looked);
                } else {
                    cut.run();
                }
            }
        };
        Clock clock = new TellingClock(() -> then.getAndSet(() -> {}).run());
        return new CompleteMaker(settings, shop.outbox, shop.state, clock, progress, CrashPoints.none())
                .make("test", () -> {});
    }

    /** The system's; a complete asks it for the last time when all is written and nothing sealed. */
    private static final class TellingClock extends Clock {
        private final Runnable asked;

        private TellingClock(Runnable asked) {
            this.asked = asked;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            asked.run();
            return Instant.now();
        }
    }

    /** A bundle as a receiver reads it. */
    record Sent(Manifest manifest, List<MediaRecord> files, List<MediaDelta> deltas, Set<BlobId> contents) {}

    Map<BundleId, Sent> sent() throws IOException {
        Map<BundleId, Set<BlobId>> contents = new HashMap<>();
        Map<BundleId, Sent> sent = new TreeMap<>();
        for (VolumeName volume : shop.outbox.waiting()) {
            Map<String, byte[]> entries = new HashMap<>();
            Set<BlobId> own = contents.computeIfAbsent(volume.bundle(), id -> new HashSet<>());
            try (InputStream in = shop.outbox.open(volume)) {
                VolumeReader.read(in, Limits.standard(), (name, size, content) -> {
                    if (EntryName.blob(name).isPresent()) {
                        own.add(EntryName.blob(name).get().id());
                        content.skipNBytes(size);
                    } else {
                        entries.put(name, content.readAllBytes());
                    }
                });
            }
            if (volume.isLast()) {
                Manifest manifest = ManifestJson.read(Objects.requireNonNull(entries.get(EntryName.MANIFEST)));
                byte[] list = entries.get(EntryName.MEDIA);
                boolean complete = manifest.kind() == BundleKind.COMPLETE;
                sent.put(
                        volume.bundle(),
                        new Sent(
                                manifest,
                                list == null || !complete ? List.of() : read(list, MediaRecord.class),
                                list == null || complete ? List.of() : read(list, MediaDelta.class),
                                own));
            }
        }
        return sent;
    }

    private static <T> List<T> read(byte[] list, Class<T> type) throws IOException {
        List<T> all = new ArrayList<>();
        try (RecordReader<T> reader = new RecordReader<>(new ByteArrayInputStream(list), "list", type)) {
            for (T line = reader.next(); line != null; line = reader.next()) {
                all.add(line);
            }
        }
        return all;
    }

    /** The folder of a receiver that applies what can be applied each time that a bundle arrives. */
    static Map<String, BlobId> received(List<Sent> arriving) {
        Received receiver = new Received();
        arriving.forEach(receiver::arrive);
        return receiver.folder();
    }

    /** The rules of DESIGN.md for positions, and for media: what partials beyond {@code media.after} say stands. */
    private static final class Received {
        private final List<Sent> waiting = new ArrayList<>();
        private final List<Sent> partials = new ArrayList<>();
        private @Nullable Sent complete;
        private Lsn position = new Lsn(0);

        void arrive(Sent bundle) {
            waiting.add(bundle);
            while (waiting.removeIf(this::take)) {
                // What waited for it comes next.
            }
        }

        private boolean take(Sent bundle) {
            Lsn to = bundle.manifest().position().lsn();
            Manifest.Partial partial = bundle.manifest().partial();
            if (partial == null) {
                if (complete == null
                        || to.compareTo(complete.manifest().position().lsn()) >= 0) {
                    complete = bundle;
                    position = to.compareTo(position) > 0 ? to : position;
                }
                return true;
            }
            if (complete == null || partial.from().compareTo(position) > 0) {
                return false;
            }
            if (to.compareTo(position) > 0) {
                partials.add(bundle);
                position = to;
            }
            return true;
        }

        Map<String, BlobId> folder() {
            Map<String, BlobId> files = new TreeMap<>();
            Sent base = Objects.requireNonNull(complete);
            base.files().forEach(file -> files.put(file.path(), file.blob()));
            for (Sent partial : partials) {
                if (base.manifest().mediaBefore(partial.manifest().sequence())) {
                    for (MediaDelta delta : partial.deltas()) {
                        files.remove(delta.path());
                        delta.file().ifPresent(file -> files.put(file.path(), file.blob()));
                    }
                }
            }
            return files;
        }
    }

    /** The folder as it is. */
    Map<String, BlobId> folder() throws IOException {
        Map<String, BlobId> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(media)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(media.relativize(file).toString(), idOf(Files.readAllBytes(file)));
            }
        }
        return files;
    }

    static BlobId idOf(byte[] content) {
        MessageDigest digest = BlobId.sha256();
        digest.update(content);
        return BlobId.of(digest);
    }

    @Override
    public void close() {
        shop.close();
    }
}
