package io.tidemark.sender.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.blob.BlobEncoder;
import io.tidemark.blob.BlobId;
import io.tidemark.blob.EncodedBlob;
import io.tidemark.blob.SpilledBlob;
import io.tidemark.bundle.BundleId;
import io.tidemark.bundle.BundleKind;
import io.tidemark.bundle.EntryName;
import io.tidemark.bundle.Limits;
import io.tidemark.bundle.Manifest;
import io.tidemark.bundle.VolumeName;
import io.tidemark.bundle.VolumeReader;
import io.tidemark.crash.CrashPoints;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VolumePackerTest {
    private static final int VOLUME = 100_000;
    private static final BundleId BUNDLE =
            new BundleId("shop", 3, BundleKind.COMPLETE, Instant.parse("2025-01-01T00:00:00Z"));

    @TempDir
    Path folder;

    private Outbox outbox;
    private Ledger ledger;
    private final Random random = new Random(5);

    @BeforeEach
    void open() {
        outbox = new Outbox(folder.resolve("outbox"), 1 << 30);
        ledger = new Ledger(outbox);
    }

    /** Gives every content to its first claimant, and remembers what was noted before which volume appeared. */
    private static class Ledger implements BlobLedger {
        private final Outbox outbox;
        private final Set<BlobId> claimed = ConcurrentHashMap.newKeySet();
        private final Map<VolumeName, List<BlobId>> noted = new TreeMap<>();

        Ledger(Outbox outbox) {
            this.outbox = outbox;
        }

        @Override
        public boolean claim(BlobId blob) {
            return claimed.add(blob);
        }

        @Override
        public synchronized void noteVolume(VolumeName volume, List<BlobId> contents) {
            assertThat(outbox.file(volume)).as("a volume when it is noted").doesNotExist();
            noted.put(volume, List.copyOf(contents));
        }
    }

    private VolumePacker packer(Outbox into, BlobLedger with) {
        return new VolumePacker(BUNDLE, into, VOLUME, Duration.ofMillis(300), with, CrashPoints.none());
    }

    private byte[] noise(int size) {
        byte[] content = new byte[size];
        random.nextBytes(content);
        return content;
    }

    private static EncodedBlob encoded(byte[] content) {
        try (BlobEncoder encoder = new BlobEncoder()) {
            return encoder.encode(content, 0, content.length);
        }
    }

    /** The blobs that a volume holds, by the names of its entries. */
    private List<BlobId> read(Manifest.Volume volume) throws IOException {
        List<BlobId> blobs = new ArrayList<>();
        try (InputStream in = Files.newInputStream(outbox.folder().resolve(volume.name()))) {
            VolumeReader.Read read = VolumeReader.read(
                    in,
                    Limits.standard(),
                    (name, size, content) ->
                            blobs.add(EntryName.blob(name).orElseThrow().id()));
            assertThat(read.size()).isEqualTo(volume.size());
            assertThat(read.sha256()).isEqualTo(volume.sha256());
        }
        return blobs;
    }

    @Test
    void manyThreadsFillVolumesThatHoldEveryContentOnce() throws IOException {
        List<EncodedBlob> blobs =
                IntStream.range(0, 200).mapToObj(i -> encoded(noise(3_000 + i))).toList();
        List<Manifest.Volume> volumes;
        try (VolumePacker packer = packer(outbox, ledger)) {
            IntStream.range(0, 600).parallel().forEach(i -> packer.offer(blobs.get(i % 200)));
            volumes = packer.finishBlobs();
        }
        List<BlobId> packed = new ArrayList<>();
        for (Manifest.Volume volume : volumes) {
            assertThat(volume.size()).isLessThanOrEqualTo(VOLUME);
            List<BlobId> contents = read(volume);
            assertThat(ledger.noted.get(VolumeName.parse(volume.name()).orElseThrow()))
                    .isEqualTo(contents);
            packed.addAll(contents);
        }
        assertThat(packed).doesNotHaveDuplicates().hasSize(200);
        assertThat(volumes).extracting(Manifest.Volume::name).isSorted().hasSizeGreaterThan(5);
    }

    @Test
    void aLargeContentHasAVolumeOfItsOwn() throws IOException {
        SpilledBlob large = SpilledBlob.spill(new ByteArrayInputStream(noise(VOLUME + 1)), folder.resolve("spill"));
        EncodedBlob before = encoded(noise(10));
        EncodedBlob after = encoded(noise(10));
        try (VolumePacker packer = packer(outbox, ledger)) {
            packer.add(before);
            packer.add(large);
            packer.add(after);
            packer.finishBlobs();
        }
        assertThat(ledger.noted.values())
                .containsExactlyInAnyOrder(List.of(before.id(), after.id()), List.of(large.id()));
    }

    @Test
    void aBundleWithoutContentsHasNoVolumes() {
        try (VolumePacker packer = packer(outbox, ledger)) {
            assertThat(packer.finishBlobs()).isEmpty();
        }
        assertThat(outbox.bytes()).isZero();
    }

    @Test
    void aPackerThatIsClosedEarlyLeavesNothingUnfinished() {
        try (VolumePacker packer = packer(outbox, ledger)) {
            packer.add(encoded(noise(10)));
        }
        assertThat(outbox.folder()).isEmptyDirectory();
    }

    @Test
    void aFullOutboxEndsThePacking() {
        Outbox small = new Outbox(folder.resolve("small"), 2L * VOLUME);
        try (VolumePacker packer = packer(small, new Ledger(small))) {
            assertThatThrownBy(() -> IntStream.range(0, 100).forEach(i -> packer.add(encoded(noise(20_000)))))
                    .isInstanceOfSatisfying(
                            TidemarkException.class,
                            failure -> assertThat(failure.code()).isEqualTo(FailureCode.OUTBOX_FULL));
        }
        assertThat(small.bytes()).isLessThanOrEqualTo(2L * VOLUME);
    }

    @Test
    void aStateThatFailsFailsThePackingAndCommitsNothing() {
        BlobLedger broken = new Ledger(outbox) {
            @Override
            public synchronized void noteVolume(VolumeName volume, List<BlobId> contents) {
                throw new TidemarkException(FailureCode.FAILED, "state is gone", "restore it");
            }
        };
        try (VolumePacker packer = packer(outbox, broken)) {
            packer.add(encoded(noise(10)));
            assertThatThrownBy(packer::finishBlobs).hasMessage("state is gone");
        }
        assertThat(outbox.folder()).isEmptyDirectory();
    }
}
