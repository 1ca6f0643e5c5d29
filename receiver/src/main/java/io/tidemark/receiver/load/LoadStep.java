package io.tidemark.receiver.load;

/** Where a test may halt a load. */
public enum LoadStep {
    LEDGER_READY,
    MEDIA_PLACED,
    DEFINITIONS_MADE,
    TABLE_LOADED,
    INDEX_MADE,
    DEFINITIONS_FINISHED,
    MERGE_STAGED,
    MERGE_WRITTEN,
    BEFORE_COMMIT,
    AFTER_COMMIT,
    VIEWS_REFRESHED,
    RECEIPT_WRITTEN,
    MEDIA_REMOVED,
    BUNDLE_ARCHIVED
}
