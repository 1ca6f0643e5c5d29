package io.tidemark.receiver.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import io.tidemark.blob.BlobName;
import io.tidemark.bundle.EntryName;
import io.tidemark.bundle.ManifestJson;
import io.tidemark.bundle.VolumeName;
import io.tidemark.bundle.VolumeWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
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

    @Test
    void aSecondFrameABombAndAHugeWindowAreRefused() throws IOException {
        byte[] raw = "content".repeat(1000).getBytes(StandardCharsets.UTF_8);
        byte[] frame = Zstd.compress(raw);
        assertThat(putBlob(raw, join(frame, frame))).contains("bytes follow after the zstd frame");
        byte[] zeros = new byte[80 << 20];
        assertThat(putBlob(zeros, Zstd.compress(zeros))).contains("claim to become 83886080");
        assertThat(putBlob(raw, new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0, (byte) 0xf8, 0, 0, 0}))
                .contains("window");
        assertNothingKept();
    }

    @Test
    void entriesOfTheOtherKindOfVolumeAreRefused() throws IOException {
        assertThat(write(contents, Map.of(EntryName.RESTORE_SQL, new byte[0])))
                .contains("belongs into the last volume");
        Map<String, byte[]> entries = entries(UnaryOperator.identity());
        entries.put(EntryName.of(blob(new byte[0])), new byte[0]);
        assertThat(write(last, entries)).contains("follows after manifest.sha256");
        assertNothingKept();
    }

    @Test
    void missingUnlistedAndReorderedEntriesAreRefused() throws IOException {
        for (String name : List.copyOf(entries(UnaryOperator.identity()).keySet())) {
            Map<String, byte[]> without = entries(UnaryOperator.identity());
            without.remove(name);
            assertThat(write(last, without)).as("without %s", name).isNotEmpty();
        }
        Map<String, byte[]> reordered = entries(UnaryOperator.identity());
        reordered.put(EntryName.PARTS, reordered.remove(EntryName.PARTS));
        assertThat(write(last, reordered)).contains("has to stand");
        Map<String, byte[]> unlisted =
                entries(json -> json.replaceFirst("(?s),\\s*\\{\\s*\"name\": \"media.jsonl.zst\".*?\\}", ""));
        assertThat(write(last, unlisted)).contains("a complete lacks one of");
        assertNothingKept();
    }

    @Test
    void changedEntriesAndManifestsAreRefused() throws IOException {
        for (String name : List.of(EntryName.RESTORE_SQL, EntryName.PRE_DATA, EntryName.PARTS, EntryName.MEDIA)) {
            Map<String, byte[]> changed = entries(UnaryOperator.identity());
            byte[] bytes = Objects.requireNonNull(changed.get(name)).clone();
            bytes[bytes.length / 2] ^= 1;
            changed.put(name, bytes);
            assertThat(write(last, changed)).contains("entry " + name + " has another SHA-256");
            changed.put(name, Arrays.copyOf(bytes, bytes.length + 1));
            assertThat(write(last, changed)).contains("the manifest says");
        }
        Map<String, byte[]> edited = entries(UnaryOperator.identity());
        byte[] json = Objects.requireNonNull(edited.get(EntryName.MANIFEST));
        edited.put(
                EntryName.MANIFEST,
                new String(json, StandardCharsets.UTF_8).replace("shop", "shot").getBytes(StandardCharsets.UTF_8));
        assertThat(write(last, edited)).isNotEmpty();
        assertNothingKept();
    }

    @Test
    void nothingOfAHostileTarIsWrittenAnywhere() throws IOException {
        Map<String, Byte> entries = new LinkedHashMap<>();
        entries.put("../../outside", TarConstants.LF_NORMAL);
        entries.put("/tmp/tidemark-outside", TarConstants.LF_NORMAL);
        entries.put("ddl", TarConstants.LF_SYMLINK);
        entries.put("ddl/pre-data.sql", TarConstants.LF_LINK);
        entries.put("restore.sql", TarConstants.LF_CHR);
        entries.put("manifest.json", TarConstants.LF_FIFO);
        entries.put("blobs/", TarConstants.LF_DIR);
        entries.put("x".repeat(5000), TarConstants.LF_NORMAL);
        entries.put("parts.jsonl.zst", TarConstants.LF_GNUTYPE_SPARSE);
        for (VolumeName name : List.of(contents, last)) {
            for (Map.Entry<String, Byte> entry : entries.entrySet()) {
                try (TarArchiveOutputStream tar =
                        new TarArchiveOutputStream(Files.newOutputStream(receiver.inbox.path(name)), 512)) {
                    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
                    TarArchiveEntry header = new TarArchiveEntry(entry.getKey(), entry.getValue(), true);
                    header.setLinkName("/etc/passwd");
                    tar.putArchiveEntry(header);
                    tar.closeArchiveEntry();
                }
                assertThat(receiver.importer.take(name).refused()).isTrue();
            }
        }
        assertNothingKept();
        assertThat(receiver.files()).allMatch(file -> file.startsWith("work/quarantine/"));
        assertThat(Path.of("/tmp/tidemark-outside")).doesNotExist();
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

    private String write(VolumeName name, Map<String, byte[]> entries) throws IOException {
        try (VolumeWriter writer = new VolumeWriter(receiver.inbox.path(name))) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                writer.add(entry.getKey(), entry.getValue());
            }
            writer.finish();
        }
        return receiver.importer.take(name).refusal();
    }

    private String putBlob(byte[] raw, byte[] stored) throws IOException {
        return write(contents, Map.of(EntryName.of(blob(raw)), stored));
    }

    private BlobName blob(byte[] raw) {
        return new BlobName(bundle.content(raw), true);
    }

    /** All entries of the last volume, the manifest edited and its hash computed again. */
    private Map<String, byte[]> entries(UnaryOperator<String> edit) {
        try {
            Path folder = Files.createDirectories(root.resolve("sample"));
            Map<String, byte[]> entries = new LinkedHashMap<>();
            bundle.write(folder);
            String json = new String(manifestOf(folder.resolve(last.fileName())), StandardCharsets.UTF_8);
            byte[] edited = edit.apply(json).getBytes(StandardCharsets.UTF_8);
            entries.put(EntryName.MANIFEST, edited);
            entries.putAll(bundle.entries());
            entries.put(EntryName.MANIFEST_SHA256, ManifestJson.checksumFile(edited));
            io.tidemark.file.DurableFiles.deleteTree(folder);
            return entries;
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private static byte[] manifestOf(Path lastVolume) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        io.tidemark.bundle.VolumeReader.read(
                Files.newInputStream(lastVolume),
                io.tidemark.bundle.Limits.standard(),
                (name, size, content) -> entries.put(name, content.readAllBytes()));
        return Objects.requireNonNull(entries.get(EntryName.MANIFEST));
    }

    private static byte[] flip(byte[] good, Random random) {
        byte[] bad = good.clone();
        bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
        return bad;
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
