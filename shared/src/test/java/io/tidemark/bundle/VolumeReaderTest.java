package io.tidemark.bundle;

import static io.tidemark.bundle.Tars.plain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tidemark.failure.DamagedException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VolumeReaderTest {
    private static final byte[] NOTHING = {};

    @TempDir
    Path folder;

    @Test
    void givesBackWhatWasWritten() throws IOException {
        Map<String, byte[]> entries = Tars.entries(new Random(3), 50);
        byte[] volume = Tars.write(folder, entries);
        assertThat(Tars.read(volume)).containsExactlyEntriesOf(entries);
        VolumeReader.Read read =
                VolumeReader.read(new ByteArrayInputStream(volume), Limits.standard(), (name, size, content) -> {});
        assertThat(read)
                .as("nothing of the contents was read by the handler")
                .isEqualTo(new VolumeReader.Read(volume.length, ManifestJson.sha256(volume), 50));
    }

    @Test
    void refusesAVolumeCutAtAnyBlockOrBesideOne() throws IOException {
        byte[] volume = Tars.write(folder, Tars.entries(new Random(4), 14));
        for (int length = 0; length < volume.length; length += 512) {
            assertDamaged(Arrays.copyOf(volume, length), "ends");
            assertDamaged(Arrays.copyOf(volume, length + 100), "ends");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 512, 10240})
    void refusesBytesAfterTheEnd(int more) throws IOException {
        byte[] volume = Tars.write(folder, Tars.entries(new Random(5), 3));
        assertDamaged(Arrays.copyOf(volume, volume.length + more), "bytes follow");
    }

    @Test
    void refusesASingleZeroBlockBeforeAnEntry() throws IOException {
        byte[] volume = Tars.write(folder, Map.of(Tars.BLOB, NOTHING));
        assertDamaged(join(new byte[512], volume), "only one of the two zero blocks");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../etc/passwd",
                "blobs/../../etc/passwd",
                "/etc/passwd",
                "blobs//aa",
                "./manifest.json",
                "manifest.json ",
                "MANIFEST.JSON",
                "blobs/aa/bb",
                "blobs",
                "blobs/",
                "changes/../x",
                "ddl\\pre-data.sql",
                "manifest.json\u0000.sh",
                "C:/x",
                "$(id)",
                "\u001b[31mred"
            })
    void refusesNamesThatNoBundleHas(String name) throws IOException {
        byte[] volume = Tars.hostile(plain("x".repeat(name.length()), 0), NOTHING);
        System.arraycopy(name.getBytes(StandardCharsets.ISO_8859_1), 0, volume, 0, name.length());
        assertDamaged(
                withChecksum(volume),
                name.startsWith("manifest.json\u0000") ? "one form" : "a name that no bundle has");
    }

    @Test
    void neverPrintsAHostileNameAsItIs() throws IOException {
        byte[] volume = Tars.hostile(plain("\u001b[31m\nred", 0), NOTHING);
        assertThat(catchThrowable(() -> Tars.read(volume))).hasMessageContaining("\\x1b[31m\\xared");
    }

    @Test
    void refusesABlobBelowTheWrongFolder() throws IOException {
        String hex = Tars.blobName("one").id().hex();
        String wrong = "blobs/" + (hex.startsWith("00") ? "01" : "00") + "/" + hex;
        assertDamaged(Tars.hostile(plain(wrong, 0), NOTHING), "a name that no bundle has");
    }

    @ParameterizedTest
    @ValueSource(
            bytes = {
                '\0',
                '1',
                '2',
                '3',
                '4',
                '5',
                '6',
                '7',
                'D',
                'K',
                'L',
                'M',
                'N',
                'S',
                'V',
                'X',
                'g',
                'x',
                'Z',
                (byte) 0x80
            })
    void refusesEverythingThatIsNotAPlainFile(byte type) throws IOException {
        byte[] volume = Tars.hostile(plain(Tars.BLOB, 0), NOTHING);
        volume[156] = type;
        assertDamaged(withChecksum(volume), "not a plain file");
    }

    @Test
    void refusesALinkAndWhatIsWrittenThroughIt() throws IOException {
        TarArchiveEntry link = plain("ddl", 0, TarConstants.LF_SYMLINK);
        link.setLinkName("/tmp");
        byte[] linked = Tars.hostile(link, NOTHING);
        byte[] through = Tars.hostile(plain(EntryName.PRE_DATA, 0), NOTHING);
        assertDamaged(join(Arrays.copyOf(linked, 512), through), "not a plain file");
    }

    @Test
    void refusesNamesTooLongForAHeader() throws IOException {
        assertDamaged(Tars.hostile(plain("d/".repeat(300) + "x", 0), NOTHING), "tar type x");
    }

    /** Says that a gigabyte of extended header follows; nothing may be read into memory on its word. */
    @Test
    void refusesAHugeExtendedHeaderAtOnce() throws IOException {
        byte[] header =
                Arrays.copyOf(Tars.hostile(plain("pax", 0, TarConstants.LF_PAX_EXTENDED_HEADER_LC), NOTHING), 512);
        TarArchiveEntry huge = plain("pax", 1L << 30, TarConstants.LF_PAX_EXTENDED_HEADER_LC);
        huge.writeEntryHeader(header);
        InputStream endless = new SequenceInputStream(new ByteArrayInputStream(header), InputStream.nullInputStream());
        assertThatThrownBy(() -> VolumeReader.read(endless, Limits.standard(), (name, size, content) -> {}))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining("tar type x");
    }

    @Test
    void refusesAnotherSpellingOfTheSameHeader() throws IOException {
        List<TarArchiveEntry> odd = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            odd.add(plain(Tars.BLOB, 0));
        }
        odd.get(0).setMode(0755);
        odd.get(1).setUserId(1);
        odd.get(2).setGroupId(1);
        odd.get(3).setUserName("root");
        odd.get(4).setGroupName("root");
        odd.get(5).setModTime(1000);
        odd.get(6).setLinkName("/etc/passwd");
        for (TarArchiveEntry entry : odd) {
            assertDamaged(Tars.hostile(entry, NOTHING), "one form");
        }
        byte[] good = Tars.write(folder, Map.of(Tars.BLOB, NOTHING));
        for (int at = 0; at < 512; at++) {
            byte[] bad = good.clone();
            bad[at] ^= 1;
            assertDamaged(bad, "");
        }
    }

    @Test
    void refusesSizesThatAreNoSizes() throws IOException {
        byte[] volume = Tars.write(folder, Map.of(Tars.BLOB, NOTHING));
        byte[] negative = volume.clone();
        Arrays.fill(negative, 124, 136, (byte) 0xff);
        assertDamaged(withChecksum(negative), "negative size");
        byte[] letters = volume.clone();
        Arrays.fill(letters, 124, 136, (byte) 'z');
        assertDamaged(withChecksum(letters), "no readable size");
        byte[] lying = join(new TarHeader(Tars.BLOB, 1L << 43).bytes(), new byte[1024]);
        assertDamaged(lying, "ends inside entry");
    }

    @Test
    void refusesAnEntryThatComesTwice() throws IOException {
        byte[] once = Tars.write(folder, Map.of(Tars.BLOB, new byte[3]));
        assertDamaged(join(Arrays.copyOf(once, 1024), once), "twice");
    }

    @Test
    void refusesPaddingThatHidesSomething() throws IOException {
        byte[] volume = Tars.write(folder, Map.of(Tars.BLOB, new byte[3]));
        volume[1023] = 1;
        assertDamaged(volume, "padding");
    }

    @Test
    void keepsItsLimits() throws IOException {
        byte[] volume = Tars.write(folder, Tars.entries(new Random(6), 20));
        assertThatThrownBy(() -> VolumeReader.read(
                        new ByteArrayInputStream(volume), new Limits(19, 1 << 30), (name, size, content) -> {}))
                .hasMessageContaining("more than 19 entries");
        assertThatThrownBy(() -> VolumeReader.read(
                        new ByteArrayInputStream(volume), new Limits(20, 8000), (name, size, content) -> {}))
                .hasMessageContaining("beyond 8000 bytes");
    }

    private static void assertDamaged(byte[] volume, String reason) {
        assertThatThrownBy(() -> Tars.read(volume))
                .isExactlyInstanceOf(DamagedException.class)
                .hasMessageContaining(reason);
    }

    private static byte[] withChecksum(byte[] volume) {
        Arrays.fill(volume, 148, 156, (byte) ' ');
        int sum = 0;
        for (int i = 0; i < 512; i++) {
            sum += volume[i] & 0xff;
        }
        byte[] digits = String.format("%06o\0 ", sum).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(digits, 0, volume, 148, 8);
        return volume;
    }

    private static byte[] join(byte[] first, byte[] second) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(first);
        bytes.write(second);
        return bytes.toByteArray();
    }
}
