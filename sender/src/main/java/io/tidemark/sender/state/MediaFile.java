package io.tidemark.sender.state;

import io.tidemark.blob.BlobId;

/**
 * A media file as it was when last read.
 *
 * @param path relative to the media folder
 * @param modified nanoseconds since 1970
 * @param known whether the receiver held the content when the catalogue was asked, see {@link SenderState#known}; not remembered itself
 */
public record MediaFile(String path, long size, long modified, long inode, BlobId blob, boolean known) {}
