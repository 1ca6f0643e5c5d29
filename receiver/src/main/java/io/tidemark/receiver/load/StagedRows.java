package io.tidemark.receiver.load;

import org.jspecify.annotations.Nullable;

/**
 * Rows of a complete in temporary tables, ready to be merged.
 *
 * @param fresh as the primary has them
 * @param stale as the complete before had them, where both hold only what differs between the two; absent where {@code fresh} holds all
 */
record StagedRows(String fresh, @Nullable String stale) {
    boolean isWhole() {
        return stale == null;
    }
}
