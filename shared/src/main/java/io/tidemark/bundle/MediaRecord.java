package io.tidemark.bundle;

import io.tidemark.blob.BlobId;

/**
 * A line of {@code media.jsonl.zst}, ordered by {@code path} compared as UTF-8 bytes.
 *
 * @param path relative to the media folder, {@code /} between names, no empty name, no {@code .} or {@code ..}; see {@link MediaPath}
 * @param size in bytes
 * @param modified milliseconds since 1970
 */
public record MediaRecord(String path, BlobId blob, long size, long modified) {
    public MediaRecord {
        MediaPath.problem(path).ifPresent(problem -> {
            throw new IllegalArgumentException("the path of a media file " + problem);
        });
        if (size < 0) {
            throw new IllegalArgumentException("the size of a media file is negative");
        }
    }
}
