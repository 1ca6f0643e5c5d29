package io.tidemark.receiver.inbox;

import io.tidemark.blob.BlobId;
import io.tidemark.bundle.EntryName;
import io.tidemark.bundle.Manifest;
import io.tidemark.bundle.ManifestJson;
import io.tidemark.bundle.MediaDelta;
import io.tidemark.bundle.MediaRecord;
import io.tidemark.bundle.PartRecord;
import io.tidemark.bundle.RecordReader;
import io.tidemark.failure.DamagedException;
import io.tidemark.json.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;

/** An unpacked bundle without its contents, as it lies in {@link Incoming} and in the archive. */
public final class BundleFolder {
    private static final int BUFFER = 1 << 16;

    private final Path path;
    private final Manifest manifest;
    private final String manifestSha256;

    private BundleFolder(Path path, Manifest manifest, String manifestSha256) {
        this.path = path;
        this.manifest = manifest;
        this.manifestSha256 = manifestSha256;
    }

    /** @throws DamagedException where the manifest is missing or not the one whose SHA-256 lies beside it */
    public static BundleFolder open(Path path) throws IOException {
        byte[] json = read(path.resolve(EntryName.MANIFEST));
        if (!Arrays.equals(read(path.resolve(EntryName.MANIFEST_SHA256)), ManifestJson.checksumFile(json))) {
            throw new DamagedException(EntryName.MANIFEST_SHA256 + " does not hold the SHA-256 of the manifest");
        }
        return new BundleFolder(path, ManifestJson.read(json), ManifestJson.sha256(json));
    }

    /** Compares every other entry with the manifest. */
    public void checkEntries(Problems problems) throws IOException {
        for (Manifest.Entry entry : manifest.entries()) {
            Path file = path.resolve(entry.name());
            if (!Files.isRegularFile(file)) {
                problems.add("entry " + entry.name() + " is missing");
            } else if (Files.size(file) != entry.size() || !sha256(file).equals(entry.sha256())) {
                problems.add("entry " + entry.name() + " is not the one that the manifest lists");
            }
        }
    }

    public Path path() {
        return path;
    }

    public Manifest manifest() {
        return manifest;
    }

    public String manifestSha256() {
        return manifestSha256;
    }

    /** To be closed. */
    public RecordReader<PartRecord> parts() throws IOException {
        return open(EntryName.PARTS, PartRecord.class);
    }

    /** To be closed. */
    public RecordReader<MediaRecord> media() throws IOException {
        return open(EntryName.MEDIA, MediaRecord.class);
    }

    /** Of a partial; to be closed. */
    public RecordReader<MediaDelta> mediaDeltas() throws IOException {
        return open(EntryName.MEDIA, MediaDelta.class);
    }

    private <T> RecordReader<T> open(String entry, Class<T> type) throws IOException {
        try {
            return RecordReader.open(path.resolve(entry), type);
        } catch (NoSuchFileException missing) {
            throw new DamagedException(entry + " is missing", missing);
        }
    }

    private static byte[] read(Path file) throws IOException {
        try {
            if (Files.size(file) > StrictJson.MAX_DOCUMENT) {
                throw new DamagedException(file.getFileName() + " is too large");
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException missing) {
            throw new DamagedException(file.getFileName() + " is missing", missing);
        }
    }

    private static String sha256(Path file) throws IOException {
        MessageDigest digest = BlobId.sha256();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return BlobId.of(digest).hex();
    }
}
