package io.tidemark.sender.capture;

/** Where a test may halt a complete. */
public enum CaptureStep {
    SNAPSHOT_TAKEN,
    SCHEMA_DUMPED,
    PART_COPIED,
    TABLES_COPIED,
    MEDIA_WALKED,
    MANIFEST_WRITTEN,
    BUNDLE_SEALED
}
