package io.tidemark.sender.media;

/**
 * Holds deletions back that look like a folder that was not mounted.
 *
 * @param share of all files that may be gone at once, 0 to 1; 0 lets all through
 */
public record DeletionGuard(double share) {
    /** Fewer files than these are never held back. */
    public static final int LEAST = 10;

    /** @param all files that were there, the gone ones included */
    public boolean holds(long gone, long all) {
        return share > 0 && gone >= LEAST && gone > share * all;
    }
}
