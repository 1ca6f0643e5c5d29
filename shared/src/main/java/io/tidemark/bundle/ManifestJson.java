package io.tidemark.bundle;

import io.tidemark.blob.BlobId;
import io.tidemark.failure.DamagedException;
import io.tidemark.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** The manifest as bytes. Its SHA-256 is the bundle's identity. */
public final class ManifestJson {
    private ManifestJson() {}

    /** Equal manifests give equal bytes. */
    public static byte[] write(Manifest manifest) {
        return StrictJson.pretty(manifest);
    }

    /** @throws DamagedException where it is not a manifest of this format, or says something that cannot be */
    public static Manifest read(byte[] json) throws DamagedException {
        Manifest manifest = StrictJson.read(json, Manifest.class);
        ManifestCheck.check(manifest);
        return manifest;
    }

    public static String sha256(byte[] json) {
        MessageDigest digest = BlobId.sha256();
        digest.update(json);
        return BlobId.of(digest).hex();
    }

    /** The content of {@code manifest.sha256}, as {@code sha256sum} writes and checks it. */
    public static byte[] checksumFile(byte[] json) {
        return (sha256(json) + "  " + EntryName.MANIFEST + "\n").getBytes(StandardCharsets.US_ASCII);
    }
}
