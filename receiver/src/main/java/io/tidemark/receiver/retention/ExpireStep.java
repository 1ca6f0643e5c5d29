package io.tidemark.receiver.retention;

/** Where a test may halt an expiry, in the order in which it passes them. */
public enum ExpireStep {
    BUNDLE_REMOVED,
    CONTENTS_MARKED,
    CONTENT_SWEPT,
    REFUSED_REMOVED,
    RECEIPT_REMOVED
}
