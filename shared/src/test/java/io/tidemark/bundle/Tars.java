package io.tidemark.bundle;

import io.tidemark.blob.BlobId;
import io.tidemark.blob.BlobName;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Volumes, good and bad, for tests. */
final class Tars {
    static final String BLOB = "blobs/" + blobName("one").path();

    private Tars() {}

    static BlobName blobName(String content) {
        MessageDigest digest = BlobId.sha256();
        digest.update(content.getBytes(StandardCharsets.UTF_8));
        return new BlobName(BlobId.of(digest), false);
    }

    /** Entries of awkward sizes around the blocks of a tar. */
    static Map<String, byte[]> entries(Random random, int count) {
        int[] sizes = {0, 1, 511, 512, 513, 1024, 5000};
        Map<String, byte[]> entries = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            byte[] content = new byte[sizes[i % sizes.length]];
            random.nextBytes(content);
            entries.put(EntryName.of(blobName("content " + i)), content);
        }
        return entries;
    }

    static byte[] write(Path folder, Map<String, byte[]> entries) throws IOException {
        Path part = folder.resolve("volume.part");
        try (VolumeWriter writer = new VolumeWriter(part)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                writer.add(entry.getKey(), entry.getValue());
            }
            writer.finish();
        }
        return Files.readAllBytes(part);
    }

    static Map<String, byte[]> read(byte[] volume) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        VolumeReader.read(
                new ByteArrayInputStream(volume),
                Limits.standard(),
                (name, size, content) -> entries.put(name, content.readAllBytes()));
        return entries;
    }

    /** A header as a hostile sender would write it, with its content and the end of the volume. */
    static byte[] hostile(TarArchiveEntry entry, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, 512)) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_STAR);
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
        }
        return bytes.toByteArray();
    }

    /** As ours in all but what a test changes afterwards. */
    static TarArchiveEntry plain(String name, long size, byte type) {
        TarArchiveEntry entry = new TarArchiveEntry(name, type, true);
        entry.setMode(0644);
        entry.setIds(0, 0);
        entry.setUserName("");
        entry.setGroupName("");
        entry.setModTime(0);
        entry.setSize(size);
        return entry;
    }

    static TarArchiveEntry plain(String name, long size) {
        return plain(name, size, TarConstants.LF_NORMAL);
    }
}
