package io.tidemark.receiver.settings;

/** How a file gets from the archive into the media folder. */
public enum MediaPlace {
    /** As a hard link where both lie on one file system, else as a copy. */
    LINK,
    COPY
}
