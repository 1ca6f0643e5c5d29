package io.tidemark.receiver.inbox;

import io.tidemark.blob.BlobStore;
import java.nio.file.Path;

/**
 * The stores of contents in the archive, one per source.
 *
 * @param archive the archive's folder
 */
public record BlobStores(Path archive) {
    /** Beside the bundles of its source; no bundle has such a name. */
    public static final String FOLDER = "blobs";

    public BlobStore of(String source) {
        return new BlobStore(archive.resolve(source).resolve(FOLDER));
    }
}
