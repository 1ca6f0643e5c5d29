package io.tidemark.blob;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlobEncoderTest {
    private static final byte[] TEXT = "tidemark ".repeat(1000).getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    @Test
    void namesAContentByItsSha256() {
        try (BlobEncoder encoder = new BlobEncoder()) {
            assertThat(encoder.idOf("xabcx".getBytes(StandardCharsets.UTF_8), 1, 3)
                            .hex())
                    .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        }
    }

    @Test
    void compressesWhatPaysAndDeclaresItsSize() {
        try (BlobEncoder encoder = new BlobEncoder()) {
            EncodedBlob blob = encoder.encode(TEXT, 9, TEXT.length - 18);
            assertThat(blob.compressed()).isTrue();
            assertThat(blob.rawSize()).isEqualTo(TEXT.length - 18);
            assertThat(Zstd.getFrameContentSize(blob.buffer(), 0, blob.length()))
                    .isEqualTo(blob.rawSize());
            byte[] raw = new byte[TEXT.length - 18];
            Zstd.decompressByteArray(raw, 0, raw.length, blob.buffer(), 0, blob.length());
            assertThat(raw).isEqualTo(Arrays.copyOfRange(TEXT, 9, TEXT.length - 9));
        }
    }

    @Test
    void leavesAsItIsWhatDoesNotPay() {
        byte[] noise = new byte[100_000];
        new Random(1).nextBytes(noise);
        // Zeros at the end: 3 % can be won, which is not enough.
        Arrays.fill(noise, 97_000, 100_000, (byte) 0);
        try (BlobEncoder encoder = new BlobEncoder()) {
            for (byte[] raw : new byte[][] {noise, {}, {1, 2, 3}, new byte[63]}) {
                EncodedBlob blob = encoder.encode(raw, 0, raw.length);
                assertThat(blob.compressed()).as("%s bytes", raw.length).isFalse();
                assertThat(blob.buffer()).isSameAs(raw);
                assertThat(blob.length()).isEqualTo(raw.length);
            }
            Arrays.fill(noise, 90_000, 100_000, (byte) 0);
            assertThat(encoder.encode(noise, 0, noise.length).compressed())
                    .as("10 %")
                    .isTrue();
        }
    }

    @Test
    void numbersAreCompressedFastAndTextWell() {
        Random random = new Random(3);
        ByteBuffer numbers = ByteBuffer.allocate(2 << 20);
        for (int row = 0; numbers.remaining() >= 24; row++) {
            numbers.putInt(4).putInt(row).putInt(8).putLong(random.nextLong()).putInt(0);
        }
        StringBuilder text = new StringBuilder();
        while (text.length() < 2 << 20) {
            text.append(Integer.toString(random.nextInt(5000), 36)).append(random.nextInt(9) == 0 ? ".\n" : " ");
        }
        try (BlobEncoder encoder = new BlobEncoder()) {
            assertLevel(encoder, numbers.array(), -1);
            assertLevel(encoder, text.toString().getBytes(StandardCharsets.UTF_8), 1);
            assertLevel(encoder, Arrays.copyOf(numbers.array(), 1000 << 10), 1);
        }
    }

    private static void assertLevel(BlobEncoder encoder, byte[] raw, int level) {
        EncodedBlob blob = encoder.encode(raw, 0, raw.length);
        assertThat(blob.length()).isEqualTo(Zstd.compress(raw, level).length);
        assertThat(blob.length()).isNotEqualTo(Zstd.compress(raw, -level).length);
        assertThat(Zstd.decompress(Arrays.copyOf(blob.buffer(), blob.length()), raw.length))
                .isEqualTo(raw);
    }

    @Test
    void aLargeContentThatShrinksTooMuchStaysAsItIs() {
        byte[] zeros = new byte[(64 << 20) + 1];
        try (BlobEncoder encoder = new BlobEncoder()) {
            assertThat(encoder.encode(zeros, 0, zeros.length).compressed()).isFalse();
            assertThat(encoder.encode(zeros, 0, zeros.length - 1).compressed()).isTrue();
        }
    }

    @Test
    void theSameContentHasOneNameHoweverItTravels() throws IOException {
        byte[] big = new byte[1_000_000];
        new Random(2).nextBytes(big);
        Arrays.fill(big, 0, 500_000, (byte) 7);
        for (byte[] raw : new byte[][] {TEXT, big, {}}) {
            SpilledBlob spilled = SpilledBlob.spill(new ByteArrayInputStream(raw), folder.resolve("spill"));
            assertThat(spilled.file()).hasBinaryContent(raw);
            SpilledBlob compressed = spilled.compress();
            assertThat(compressed.compressed()).isEqualTo(raw.length > 0);
            assertThat(compressed.storedSize()).isEqualTo(Files.size(compressed.file()));
            byte[] stored = Files.readAllBytes(compressed.file());
            if (compressed.compressed()) {
                assertThat(Zstd.getFrameContentSize(stored)).isEqualTo(raw.length);
                assertThat(Zstd.decompress(stored, raw.length)).isEqualTo(raw);
            }
            try (BlobEncoder encoder = new BlobEncoder()) {
                assertThat(encoder.idOf(raw, 0, raw.length)).isEqualTo(compressed.id());
            }
            assertThat(folder).isDirectoryNotContaining("glob:**.zst");
        }
    }
}
