package io.tidemark.receiver.media;

/** Where tests halt the placing of media. */
public enum MediaStep {
    /** A file was linked or copied beside its place. */
    MEDIA_PART,
    /** All files of a batch are durable, none has its name. */
    MEDIA_SYNC,
    /** A file has its name. */
    MEDIA_RENAME,
    /** Every file is in its place. */
    MEDIA_PLACED,
    /** A file that the primary no longer has was removed. */
    MEDIA_REMOVE,
    /** A folder that became empty was removed. */
    MEDIA_PRUNE
}
