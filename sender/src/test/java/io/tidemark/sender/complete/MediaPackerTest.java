package io.tidemark.sender.complete;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.blob.BlobId;
import io.tidemark.bundle.BundleId;
import io.tidemark.bundle.BundleKind;
import io.tidemark.bundle.EntryName;
import io.tidemark.bundle.Limits;
import io.tidemark.bundle.Manifest;
import io.tidemark.bundle.MediaRecord;
import io.tidemark.bundle.RecordReader;
import io.tidemark.bundle.VolumeReader;
import io.tidemark.crash.CrashPoints;
import io.tidemark.progress.Progress;
import io.tidemark.sender.media.MediaCapture;
import io.tidemark.sender.media.MediaSummary;
import io.tidemark.sender.outbox.Outbox;
import io.tidemark.sender.outbox.VolumePacker;
import io.tidemark.sender.settings.MediaSettings;
import io.tidemark.sender.state.SenderState;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MediaPackerTest {
    private static final long VOLUME = 2 << 20;

    @TempDir
    Path folder;

    @Test
    void everyContentOfTheListIsInTheVolumes() throws IOException {
        Path media = Files.createDirectories(folder.resolve("media/sub"));
        Random random = new Random(7);
        for (int size : new int[] {0, 1, 100_000, 3 << 20, 5 << 20, 9 << 20}) {
            byte[] picture = new byte[size];
            random.nextBytes(picture);
            Files.write(media.resolve("picture-" + size), picture);
            Files.write(media.resolve("text-" + size), new byte[size]);
        }
        Outbox outbox = new Outbox(folder.resolve("outbox"), 1L << 30);
        Path list = folder.resolve("media.jsonl.zst");
        try (SenderState state = SenderState.open(folder)) {
            BundleId bundle = state.begin("shop", BundleKind.COMPLETE, Instant.EPOCH, "test");
            MediaSummary summary = capture(state, bundle, outbox, media, list);
            assertThat(summary.files()).isEqualTo(12);
        }
        assertThat(contents(outbox)).isEqualTo(listed(list));
        assertThat(folder.resolve("scratch")).isEmptyDirectory();
    }

    private static MediaSummary capture(SenderState state, BundleId bundle, Outbox outbox, Path media, Path list)
            throws IOException {
        try (VolumePacker packer = new VolumePacker(
                bundle,
                outbox,
                VOLUME,
                Duration.ofSeconds(10),
                new StateLedger(state, bundle, () -> {}),
                CrashPoints.none())) {
            Path scratch = list.resolveSibling("scratch");
            MediaSummary summary = new MediaCapture(
                            MediaSettings.of(media), scratch, state.media(), Clock.systemUTC(), Progress.none())
                    .capture(new MediaPacker(packer, state), list, MediaCapture.Standing.ALONE);
            assertThat(packer.finishBlobs()).extracting(Manifest.Volume::size).hasSizeGreaterThan(2);
            return summary;
        }
    }

    private static Set<BlobId> contents(Outbox outbox) throws IOException {
        Set<BlobId> contents = new TreeSet<>();
        for (var volume : outbox.waiting()) {
            try (InputStream in = outbox.open(volume)) {
                VolumeReader.read(
                        in,
                        Limits.standard(),
                        (name, size, content) ->
                                contents.add(EntryName.blob(name).orElseThrow().id()));
            }
        }
        return contents;
    }

    private static Set<BlobId> listed(Path list) throws IOException {
        Set<BlobId> listed = new TreeSet<>();
        try (RecordReader<MediaRecord> reader = RecordReader.open(list, MediaRecord.class)) {
            for (MediaRecord record = reader.next(); record != null; record = reader.next()) {
                listed.add(record.blob());
            }
        }
        return listed;
    }
}
