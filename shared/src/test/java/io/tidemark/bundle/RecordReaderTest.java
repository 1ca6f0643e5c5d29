package io.tidemark.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import io.tidemark.failure.DamagedException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordReaderTest {
    private static final String HEX = Tars.blobName("one").id().hex();
    private static final String GOOD = "{\"path\":\"a/ü.jpg\",\"blob\":\"" + HEX + "\",\"size\":7,\"modified\":-1}";

    @Test
    void givesBackWhatWasWritten() throws IOException {
        List<MediaRecord> records = new ArrayList<>();
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            String path = "folder " + i + "/\u00fc\ud83d\ude00\"\\\n" + "x".repeat(random.nextInt(200));
            records.add(new MediaRecord(path, Tars.blobName(path).id(), random.nextLong(1L << 50), random.nextLong()));
        }
        assertThat(read(write(records))).isEqualTo(records);
        assertThat(read(write(List.of()))).isEmpty();
    }

    @Test
    void spellsARecordInOneLine() throws IOException {
        byte[] written =
                write(List.of(new MediaRecord("a/ü.jpg", Tars.blobName("one").id(), 7, -1)));
        byte[] text = new byte[1000];
        long length = Zstd.decompressByteArray(text, 0, text.length, written, 0, written.length);
        assertThat(new String(text, 0, (int) length, StandardCharsets.UTF_8)).isEqualTo(GOOD + "\n");
    }

    @Test
    void refusesAFrameCutAnywhere() throws IOException {
        byte[] whole = write(List.of(new MediaRecord("a", Tars.blobName("one").id(), 7, 8)));
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> read(cut)).as("%s bytes", length).isExactlyInstanceOf(DamagedException.class);
        }
    }

    @Test
    void refusesWhateverFollowsTheFrame() throws IOException {
        byte[] frame = compress(GOOD + "\n");
        byte[] skippable = {0x50, 0x2a, 0x4d, 0x18, 1, 0, 0, 0, 9};
        for (byte[] tail : List.of(frame, skippable, new byte[] {0})) {
            assertDamaged(join(frame, tail), "bytes follow after the zstd frame");
        }
        assertDamaged(join(skippable, frame), "no zstd frame");
    }

    @Test
    void refusesAHugeWindow() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZstdOutputStreamNoFinalizer out = new ZstdOutputStreamNoFinalizer(bytes, 1).setLong(27)) {
            out.write((GOOD + "\n").getBytes(StandardCharsets.UTF_8));
        }
        assertDamaged(bytes.toByteArray(), "window of 134217728 bytes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "7",
                "{\"path\":\"a\"}",
                "{\"path\":null,\"blob\":\"%s\",\"size\":7,\"modified\":1}",
                "{\"path\":\"a\",\"blob\":null,\"size\":7,\"modified\":1}",
                "{\"path\":\"a\",\"blob\":\"%s\",\"size\":null,\"modified\":1}",
                "{\"path\":\"a\",\"blob\":\"%s\",\"size\":7}",
                "{\"path\":\"a\",\"blob\":\"%s\",\"size\":7,\"modified\":1,\"more\":1}",
                "{\"path\":\"a\",\"blob\":\"%s\",\"size\":7,\"size\":7,\"modified\":1}",
                "{\"path\":\"a\",\"blob\":\"%s\",\"size\":7,\"modified\":1}{}",
                "{\"path\":\"a\",\"blob\":\"%s\",\"size\":7,\"modified\":1} 1",
                "{\"path\":\"a\",\"blob\":\"%s\",\"size\":\"7\",\"modified\":1}",
                "{\"path\":\"a\",\"blob\":\"%s\",\"size\":7.5,\"modified\":1}",
                "{\"path\":\"a\",\"blob\":\"%s\",\"size\":true,\"modified\":1}",
                "{\"path\":\"a\",\"blob\":\"%s\",\"size\":99999999999999999999,\"modified\":1}",
                "{\"path\":\"a\",\"blob\":\"%s\",\"size\":1e400000000,\"modified\":1}",
                "{\"path\":7,\"blob\":\"%s\",\"size\":7,\"modified\":1}",
                "{\"path\":[\"a\"],\"blob\":\"%s\",\"size\":7,\"modified\":1}",
                "{\"path\":\"a\",\"blob\":\"../../x\",\"size\":7,\"modified\":1}",
                "{\"path\":\"\\ud800\",\"blob\":\"%s\",\"size\":7,\"modified\":1}",
                "{\"path\":\"\\udc00\\ud800\",\"blob\":\"%s\",\"size\":7,\"modified\":1}",
                "{\"path\":\"\\u0000\",\"blob\":\"%s\",\"size\":7,\"modified\":1}",
                "{\"path\":\"a\",\"blob\":\"%s\",\"size\":7,\"modified\":1",
                "{\"path\":\"a\",\"blob\":\"%s\",\"size\":-1,\"modified\":1}",
                "{\"path\":\"../a\",\"blob\":\"%s\",\"size\":1,\"modified\":1}",
                "{\"path\":\"/a\",\"blob\":\"%s\",\"size\":1,\"modified\":1}",
                "{\"path\":\"a//b\",\"blob\":\"%s\",\"size\":1,\"modified\":1}",
                "{\"path\":\"a/./b\",\"blob\":\"%s\",\"size\":1,\"modified\":1}",
                "{\"path\":\"a/\",\"blob\":\"%s\",\"size\":1,\"modified\":1}",
                "{\"path\":\"\",\"blob\":\"%s\",\"size\":1,\"modified\":1}",
            })
    void refusesLinesThatAreNoRecord(String line) throws IOException {
        String text = GOOD + "\n" + line.replace("%s", HEX) + "\n";
        assertDamaged(compress(text), "x.jsonl.zst, line 2");
    }

    @Test
    void refusesDeepNestingWithoutFollowingIt() throws IOException {
        assertDamaged(compress("[".repeat(60_000) + "\n"), "line 1");
        assertDamaged(compress("{\"path\":".repeat(5_000) + "\n"), "line 1");
    }

    @Test
    void refusesALineWithoutEnd() throws IOException {
        assertDamaged(compress(GOOD), "line 1: has no end");
        assertDamaged(compress("x".repeat(1_000_000)), "line 1: longer than 65536 bytes");
    }

    @Test
    void refusesTextThatIsNotUtf8() throws IOException {
        String line = GOOD + "\n";
        for (String bytes : List.of("\u00ff", "\u00ed\u00a0\u0080", "\u00c0\u0080", "\u00f5\u0080\u0080\u0080")) {
            byte[] text = line.replace("ü", bytes).getBytes(StandardCharsets.ISO_8859_1);
            assertDamaged(Zstd.compress(text), "not UTF-8");
        }
    }

    private static void assertDamaged(byte[] compressed, String reason) {
        assertThatThrownBy(() -> read(compressed))
                .isExactlyInstanceOf(DamagedException.class)
                .hasMessageContaining(reason);
    }

    private static byte[] write(List<MediaRecord> records) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (RecordWriter<MediaRecord> writer = new RecordWriter<>(bytes, MediaRecord.class)) {
            for (MediaRecord record : records) {
                writer.write(record);
            }
            assertThat(writer.count()).isEqualTo(records.size());
        }
        return bytes.toByteArray();
    }

    private static List<MediaRecord> read(byte[] compressed) throws IOException {
        List<MediaRecord> records = new ArrayList<>();
        try (RecordReader<MediaRecord> reader =
                new RecordReader<>(new ByteArrayInputStream(compressed), "x.jsonl.zst", MediaRecord.class)) {
            for (MediaRecord next = reader.next(); next != null; next = reader.next()) {
                records.add(next);
            }
        }
        return records;
    }

    private static byte[] compress(String text) {
        try (ZstdCompressCtx context = new ZstdCompressCtx()) {
            return context.compress(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
