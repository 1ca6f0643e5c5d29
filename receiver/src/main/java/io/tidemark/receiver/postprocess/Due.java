package io.tidemark.receiver.postprocess;

/**
 * Loads that a step has to do.
 *
 * @param after the load up to which it has done all; {@link #EVERYTHING} at its first run
 * @param upto the newest load
 * @param bundle that was loaded last, as {@code source} and {@code kind} are its; empty where loads were not counted yet
 */
record Due(long after, long upto, String source, String bundle, String kind) {
    static final long EVERYTHING = -1;

    /** The replica was loaded before any step was registered. */
    static Due beforeAnyLoad() {
        return new Due(EVERYTHING, 0, "", "", "");
    }
}
