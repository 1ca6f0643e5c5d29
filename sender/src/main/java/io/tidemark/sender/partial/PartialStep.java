package io.tidemark.sender.partial;

/** Where a test may halt a partial. */
public enum PartialStep {
    /** The slot is there, the state does not know it. */
    SLOT_CREATED,
    /** A chain has begun. */
    CHAIN_BEGUN,
    /** All changes have been read from the log. */
    LOG_DRAINED,
    /** Change files are written, no volume. */
    CHANGES_WRITTEN,
    /** Contents of media lie in volumes of their own. */
    CONTENTS_PACKED,
    /** The last volume is durable under its unfinished name. */
    PARTIAL_WRITTEN,
    /** The state knows the partial, as pending. */
    PARTIAL_SEALED,
    /** The volume has its final name. */
    PARTIAL_COMMITTED,
    /** The chain has moved; the slot has not. */
    CHAIN_MOVED,
    /** The slot has been told. */
    SLOT_CONFIRMED
}
