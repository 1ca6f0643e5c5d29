package io.tidemark.bundle;

import io.tidemark.blob.BlobName;
import java.util.List;
import java.util.Optional;

/** The names that an entry of a volume can have; nothing else is read or written. */
public final class EntryName {
    public static final String MANIFEST = "manifest.json";
    public static final String MANIFEST_SHA256 = "manifest.sha256";
    public static final String RESTORE_SQL = "restore.sql";
    public static final String PRE_DATA = "ddl/pre-data.sql";
    public static final String POST_DATA = "ddl/post-data.sql";
    public static final String PARTS = "parts.jsonl.zst";
    public static final String MEDIA = "media.jsonl.zst";
    public static final String BLOBS = "blobs/";
    /** What a tar header holds without extensions. */
    public static final int MAX_LENGTH = 100;

    /** The entries of a complete's last volume beside the manifest, in their order there. */
    public static final List<String> OF_EVERY_COMPLETE = List.of(RESTORE_SQL, PRE_DATA, POST_DATA, PARTS, MEDIA);

    private EntryName() {}

    public static String of(BlobName blob) {
        return BLOBS + blob.path();
    }

    /** The blob that an entry holds; empty where the entry is not a blob. */
    public static Optional<BlobName> blob(String entry) {
        return entry.startsWith(BLOBS) ? BlobName.parse(entry.substring(BLOBS.length())) : Optional.empty();
    }

    /** Whether it belongs to the last volume and is listed in the manifest. */
    public static boolean isListed(String entry) {
        return OF_EVERY_COMPLETE.contains(entry);
    }

    public static boolean isKnown(String entry) {
        return isListed(entry)
                || entry.equals(MANIFEST)
                || entry.equals(MANIFEST_SHA256)
                || blob(entry).isPresent();
    }
}
