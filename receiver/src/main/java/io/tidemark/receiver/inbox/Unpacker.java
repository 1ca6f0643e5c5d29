package io.tidemark.receiver.inbox;

import io.tidemark.blob.BlobId;
import io.tidemark.bundle.BundleId;
import io.tidemark.bundle.EntryHandler;
import io.tidemark.bundle.EntryName;
import io.tidemark.bundle.Manifest;
import io.tidemark.bundle.ManifestJson;
import io.tidemark.failure.DamagedException;
import io.tidemark.file.DurableFiles;
import io.tidemark.json.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks the last volume of a bundle into an empty folder and holds it to its manifest: the manifest first, then every entry that it
 * lists in that order, each with the size and SHA-256 said there, the manifest's own SHA-256 at the end, and nothing else.
 */
public final class Unpacker implements EntryHandler {
    private static final int BUFFER = 1 << 16;

    private final Path folder;
    private byte[] json = {};
    private @Nullable Manifest manifest;
    private int next;
    private boolean ended;

    public Unpacker(Path folder) {
        this.folder = folder;
    }

    @Override
    public void entry(String name, long size, InputStream content) throws IOException {
        if (ended) {
            throw new DamagedException("entry " + name + " follows after " + EntryName.MANIFEST_SHA256);
        }
        if (manifest == null) {
            manifest = readManifest(name, size, content);
        } else if (next < manifest.entries().size()) {
            unpack(manifest.entries().get(next), name, size, content);
            next++;
        } else {
            readChecksum(name, size, content);
            ended = true;
        }
    }

    /** To be called at the end of the volume; everything is durable then but the name of the folder itself. */
    public Manifest finish(BundleId bundle) throws IOException {
        if (manifest == null || !ended) {
            throw new DamagedException("the last volume ends before " + EntryName.MANIFEST_SHA256);
        }
        if (!manifest.id().equals(bundle)) {
            throw new DamagedException(
                    "the volume is named after bundle " + bundle + " and holds bundle " + manifest.id());
        }
        DurableFiles.syncTree(folder);
        return manifest;
    }

    private Manifest readManifest(String name, long size, InputStream content) throws IOException {
        expect(EntryName.MANIFEST, name);
        if (size > StrictJson.MAX_DOCUMENT) {
            throw new DamagedException("the manifest has " + size + " bytes");
        }
        json = content.readAllBytes();
        Manifest read = ManifestJson.read(json);
        Files.write(folder.resolve(name), json);
        return read;
    }

    private void unpack(Manifest.Entry listed, String name, long size, InputStream content) throws IOException {
        expect(listed.name(), name);
        if (size != listed.size()) {
            throw new DamagedException("entry " + name + " has " + size + " bytes, the manifest says " + listed.size());
        }
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        MessageDigest digest = BlobId.sha256();
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] buffer = new byte[BUFFER];
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                digest.update(buffer, 0, read);
                out.write(buffer, 0, read);
            }
        }
        if (!BlobId.of(digest).hex().equals(listed.sha256())) {
            throw new DamagedException("entry " + name + " has another SHA-256 than the manifest says");
        }
    }

    private void readChecksum(String name, long size, InputStream content) throws IOException {
        expect(EntryName.MANIFEST_SHA256, name);
        byte[] expected = ManifestJson.checksumFile(json);
        if (size != expected.length || !Arrays.equals(content.readAllBytes(), expected)) {
            throw new DamagedException(name + " does not hold the SHA-256 of the manifest");
        }
        Files.write(folder.resolve(name), expected);
    }

    private static void expect(String expected, String name) throws DamagedException {
        if (!name.equals(expected)) {
            throw new DamagedException("entry " + name + " stands where " + expected + " has to stand");
        }
    }
}
