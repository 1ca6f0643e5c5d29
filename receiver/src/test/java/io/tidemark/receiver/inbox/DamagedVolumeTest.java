package io.tidemark.receiver.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.bundle.VolumeName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DamagedVolumeTest {
    private static final int FLIPS = 1000;

    @TempDir(factory = MemoryFolder.class)
    Path root;

    private Receiver receiver;
    private final SampleBundle bundle = new SampleBundle(1, 21);
    private VolumeName contents = VolumeName.last(bundle.id);
    private final VolumeName last = VolumeName.last(bundle.id);

    @BeforeEach
    void open() throws IOException {
        receiver = new Receiver(root);
        bundle.perVolume = 100;
        contents = bundle.write(receiver.inboxFolder).get(0);
    }

    /** A flip that leaves every content as it was still makes the bundle another one than the manifest describes. */
    @Test
    void noFlippedByteOfAVolumeOfContentsIsAccepted() throws IOException {
        byte[] good = taken(contents);
        byte[] goodLast = taken(last);
        Random random = new Random(22);
        int refused = 0;
        int refusedLater = 0;
        for (int i = 0; i < FLIPS; i++) {
            if (put(contents, flip(good, random)).refused()) {
                refused++;
            } else {
                assertThat(put(last, goodLast).refused()).isFalse();
                assertThat(receiver.verifyOnly()).isInstanceOf(Verification.Refused.class);
                refusedLater++;
                receiver.incoming.forget(bundle.id);
            }
        }
        assertThat(refused + refusedLater).isEqualTo(FLIPS);
        assertThat(refused).as("refused at once; the others change no content").isGreaterThan(FLIPS * 98 / 100);
    }

    @Test
    void noFlippedByteOfALastVolumeIsAccepted() throws IOException {
        byte[] good = taken(last);
        Random random = new Random(23);
        for (int i = 0; i < FLIPS; i++) {
            assertThat(put(last, flip(good, random)).refused()).isTrue();
        }
        assertThat(receiver.incoming.waiting()).isEmpty();
    }

    @Test
    void noTruncatedVolumeIsAccepted() throws IOException {
        for (VolumeName name : List.of(contents, last)) {
            byte[] good = taken(name);
            for (int length = 0; length < good.length; length += 512) {
                Imported imported = put(name, Arrays.copyOf(good, length));
                assertThat(imported.refused())
                        .as("%s of %s bytes", length, good.length)
                        .isTrue();
            }
        }
        assertNothingKept();
    }

    @Test
    void nothingMayFollowAfterTheEnd() throws IOException {
        for (VolumeName name : List.of(contents, last)) {
            byte[] good = taken(name);
            for (int more : new int[] {1, 512, 10_240}) {
                assertThat(put(name, Arrays.copyOf(good, good.length + more)).refusal())
                        .contains("bytes follow");
            }
        }
        assertNothingKept();
    }

    @Test
    void whatIsRefusedLiesInQuarantineWithItsReason() throws IOException {
        byte[] bad = Arrays.copyOf(taken(contents), 700);
        put(contents, bad);
        Path quarantine = root.resolve("work/quarantine");
        assertThat(quarantine.resolve(contents.fileName())).hasBinaryContent(bad);
        assertThat(quarantine.resolve(contents.fileName() + ".reason.txt"))
                .content()
                .contains("the volume ends");
        assertThat(receiver.inbox.volumes()).containsExactly(last);
        assertNothingKept();
    }

    private void assertNothingKept() throws IOException {
        assertThat(receiver.incoming.waiting()).isEmpty();
        assertThat(receiver.incoming.arriving()).isEmpty();
        assertThat(receiver.files()).noneMatch(file -> file.contains("/archive/") || file.contains("/incoming/"));
    }

    /** The bytes of a good volume, which is gone from the inbox afterwards. */
    private byte[] taken(VolumeName name) throws IOException {
        byte[] bytes = Files.readAllBytes(receiver.inbox.path(name));
        Files.delete(receiver.inbox.path(name));
        return bytes;
    }

    private Imported put(VolumeName name, byte[] bytes) throws IOException {
        Files.write(receiver.inbox.path(name), bytes);
        Imported imported = receiver.importer.take(name);
        assertThat(receiver.inbox.path(name)).doesNotExist();
        return imported;
    }

    private static byte[] flip(byte[] good, Random random) {
        byte[] bad = good.clone();
        bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
        return bad;
    }
}
