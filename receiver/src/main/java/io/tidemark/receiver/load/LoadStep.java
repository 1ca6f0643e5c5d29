package io.tidemark.receiver.load;

/** Where a test may halt a load, in the order in which it passes them. */
public enum LoadStep {
    LEDGER_READY,
    MEDIA_READY,
    DEFINITIONS_MADE,
    TABLE_LOADED,
    INDEX_MADE,
    MERGE_STAGED,
    MERGE_WRITTEN,
    BEFORE_COMMIT,
    AFTER_COMMIT,
    DEFINITIONS_FINISHED,
    VIEWS_REFRESHED,
    MEDIA_REMOVED,
    RECEIPT_WRITTEN,
    BUNDLE_ARCHIVED
}
