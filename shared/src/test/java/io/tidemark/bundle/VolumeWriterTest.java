package io.tidemark.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VolumeWriterTest {
    @TempDir
    Path folder;

    @Test
    void tellsTheSizeAndSha256OfWhatLiesOnDisk() throws IOException {
        Path part = folder.resolve("v.part");
        VolumeWriter.Written written;
        byte[] big = new byte[3_000_000];
        new Random(1).nextBytes(big);
        try (VolumeWriter writer = new VolumeWriter(part)) {
            writer.add(EntryName.RESTORE_SQL, new byte[] {1, 2, 3});
            writer.add(EntryName.PARTS, big, 7, big.length - 7);
            writer.add(EntryName.MEDIA, big.length, new ByteArrayInputStream(big));
            assertThat(writer.entries()).isEqualTo(3);
            assertThat(writer.size()).as("without the end").isEqualTo(Math.multiplyExact(512, 2 + 1 + 5860 * 2 + 1));
            written = writer.finish();
        }
        byte[] bytes = Files.readAllBytes(part);
        assertThat(written).isEqualTo(new VolumeWriter.Written(bytes.length, ManifestJson.sha256(bytes)));
        assertThat(Tars.read(bytes)).containsOnlyKeys(EntryName.RESTORE_SQL, EntryName.PARTS, EntryName.MEDIA);
    }

    @Test
    void gnuTarUnpacksIt() throws Exception {
        Map<String, byte[]> entries = Tars.entries(new Random(2), 9);
        Path volume = folder.resolve("v.tar");
        Files.write(volume, Tars.write(folder, entries));
        Process tar = new ProcessBuilder("tar", "-xf", volume.toString(), "-C", folder.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(tar.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(tar.waitFor()).as("exit code of tar, which says: %s", output).isZero();
        assertThat(output).isEmpty();
        for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
            assertThat(folder.resolve(entry.getKey())).hasBinaryContent(entry.getValue());
        }
    }

    @Test
    void refusesContentThatChangedItsLengthMeanwhile() throws IOException {
        try (VolumeWriter writer = new VolumeWriter(folder.resolve("v.part"))) {
            assertThatThrownBy(() -> writer.add(Tars.BLOB, 11, new ByteArrayInputStream(new byte[10])))
                    .isInstanceOf(EOFException.class)
                    .hasMessageContaining("1 of 11 bytes are missing");
            assertThatThrownBy(() -> writer.add(Tars.BLOB, 9, new ByteArrayInputStream(new byte[10])))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("became longer");
        }
    }

    @Test
    void writesOnlyNamesThatAReaderAccepts() throws IOException {
        try (VolumeWriter writer = new VolumeWriter(folder.resolve("v.part"))) {
            assertThatThrownBy(() -> writer.add("../etc/passwd", new byte[0]))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void headersOfEverySizeAreReadBackAsTheyWere() throws IOException {
        for (long size : new long[] {0, 1, 0_77777777777L, 0_77777777777L + 1, 1L << 40, Long.MAX_VALUE}) {
            TarHeader header = new TarHeader(EntryName.PARTS, size);
            assertThat(TarHeader.parse(header.bytes())).isEqualTo(header);
        }
    }
}
