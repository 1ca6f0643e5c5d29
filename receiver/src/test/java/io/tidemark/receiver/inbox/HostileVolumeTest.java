package io.tidemark.receiver.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import io.tidemark.blob.BlobName;
import io.tidemark.bundle.EntryName;
import io.tidemark.bundle.Limits;
import io.tidemark.bundle.ManifestJson;
import io.tidemark.bundle.VolumeName;
import io.tidemark.bundle.VolumeReader;
import io.tidemark.bundle.VolumeWriter;
import io.tidemark.file.DurableFiles;
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
import java.util.function.UnaryOperator;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What no sender of ours writes. */
class HostileVolumeTest {
    @TempDir(factory = MemoryFolder.class)
    Path root;

    private Receiver receiver;
    private final SampleBundle bundle = new SampleBundle(1, 21);
    private final VolumeName contents = new VolumeName(bundle.id, 1);
    private final VolumeName last = VolumeName.last(bundle.id);

    @BeforeEach
    void open() throws IOException {
        receiver = new Receiver(root);
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
            assertThat(write(last, changed)).contains("bytes, the manifest says");
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
            DurableFiles.deleteTree(folder);
            return entries;
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private static byte[] manifestOf(Path lastVolume) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        VolumeReader.read(
                Files.newInputStream(lastVolume),
                Limits.standard(),
                (name, size, content) -> entries.put(name, content.readAllBytes()));
        return Objects.requireNonNull(entries.get(EntryName.MANIFEST));
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
