package io.tidemark.sender.media;

import io.tidemark.blob.BlobId;
import io.tidemark.file.FileStat;

/**
 * One reading of a file from its beginning to its end.
 *
 * @param size bytes that were read
 * @param before what the file system said just before
 * @param settled whether it said the same afterwards, so that the content is one that the file had
 */
record Reading(BlobId blob, long size, FileStat before, boolean settled) {}
