package io.tidemark.zstd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import io.tidemark.failure.DamagedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameInputStreamTest {
    /** A network gives what it has: one byte at a time is the worst, a multiple of our buffers the most misleading. */
    @ParameterizedTest
    @ValueSource(ints = {1, 17, 131_072, Integer.MAX_VALUE})
    void readsAFrameHoweverItsBytesArrive(int atOnce) throws IOException {
        byte[] raw = sample(400_000);
        byte[] frame = Zstd.compress(raw);
        try (FrameInputStream in = new FrameInputStream(pieces(frame, atOnce))) {
            assertThat(in.contentSize()).isEqualTo(raw.length);
            assertThat(in.readAllBytes()).isEqualTo(raw);
            assertThat(in.read()).isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 17, Integer.MAX_VALUE})
    void seesAByteThatFollowsHoweverItArrives(int atOnce) {
        byte[] frame = Zstd.compress(sample(1000));
        byte[] more = Arrays.copyOf(frame, frame.length + 1);
        assertThatThrownBy(() -> new FrameInputStream(pieces(more, atOnce)).readAllBytes())
                .isExactlyInstanceOf(DamagedException.class)
                .hasMessageContaining("bytes follow");
    }

    @Test
    void readsContentsOfEverySizeAroundItsHeaders() throws IOException {
        for (int size : new int[] {0, 1, 255, 256, 257, 65_535, 65_791, 65_792, 131_072, 1_000_000}) {
            byte[] raw = sample(size);
            try (FrameInputStream in = new FrameInputStream(new ByteArrayInputStream(Zstd.compress(raw, 1)))) {
                assertThat(in.contentSize()).isEqualTo(size);
                assertThat(in.readAllBytes()).isEqualTo(raw);
            }
        }
    }

    @Test
    void randomBytesBehindAGoodBeginningEndInTheDeclaredFailure() {
        Random random = new Random(9);
        byte[] frame = Zstd.compress(sample(20_000));
        for (int i = 0; i < 500; i++) {
            byte[] bad = frame.clone();
            for (int at = 5 + random.nextInt(30); at < bad.length; at += 1 + random.nextInt(2000)) {
                bad[at] = (byte) random.nextInt();
            }
            try (FrameInputStream in = new FrameInputStream(new ByteArrayInputStream(bad))) {
                assertThat(in.readAllBytes().length).isLessThanOrEqualTo(20_000);
            } catch (IOException failure) {
                assertThat(failure).isExactlyInstanceOf(DamagedException.class);
            }
        }
    }

    @Test
    void aHeaderThatSaysTooMuchIsNoHeader() {
        byte[] hugeContent = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, (byte) 0xc0, 0, -1, -1, -1, -1, -1, -1, -1, -1};
        byte[] dictionary = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 1, 0, 7, 1, 0, 0};
        byte[] reserved = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 8, 0, 1, 0, 0};
        byte[] cut = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, (byte) 0xc0, 0, 1, 2};
        for (byte[] header : new byte[][] {hugeContent, dictionary, reserved, cut}) {
            assertThatThrownBy(() -> FrameHeader.parse(ByteBuffer.wrap(header)))
                    .isExactlyInstanceOf(DamagedException.class);
        }
    }

    private static byte[] sample(int size) {
        byte[] raw = new byte[size];
        Random random = new Random(size);
        for (int i = 0; i < size; i++) {
            raw[i] = (byte) (random.nextInt(4) + i / 5000);
        }
        return raw;
    }

    /** Gives at most {@code atOnce} bytes a call. */
    private static InputStream pieces(byte[] bytes, int atOnce) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, atOnce));
            }
        };
    }
}
