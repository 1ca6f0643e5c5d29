package io.tidemark.blob;

import java.nio.file.Path;

/**
 * Where a content lies in a store.
 *
 * @param path to be read only: the file may be shared with the media folder
 * @param compressed whether the file is a zstd frame
 */
public record StoredBlob(BlobId id, Path path, boolean compressed) {}
