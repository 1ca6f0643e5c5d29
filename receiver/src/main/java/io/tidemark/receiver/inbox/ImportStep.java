package io.tidemark.receiver.inbox;

/** The steps of taking a volume in, each a place at which a test can halt the process. */
public enum ImportStep {
    /** Every byte of the volume was read and found good; nothing is kept yet. */
    IMPORT_CHECKED,
    /** Its contents are in the store, durably. */
    IMPORT_STORED,
    /** Its last volume's entries lie in a {@code .part} folder, durably. */
    IMPORT_UNPACKED,
    /** It is noted which volume came. */
    IMPORT_NOTED,
    /** The bundle's folder is there: all that the sender says of it is known. */
    IMPORT_COMPLETED,
    /** The volume has left the inbox. */
    IMPORT_TAKEN,
    /** The reason of a damaged volume is written, the volume is still in the inbox. */
    QUARANTINE_EXPLAINED,
    /** A damaged volume has left the inbox. */
    QUARANTINE_MOVED
}
