package io.tidemark.bundle;

/**
 * What a reader of volumes accepts at most.
 *
 * @param entries in one volume
 * @param bytes of one volume
 */
public record Limits(int entries, long bytes) {
    /** More than a volume of usual size can hold, little enough to remember every name. */
    public static final int MAX_ENTRIES = 1 << 18;

    private static final long MAX_BYTES = 1L << 44;

    public static Limits standard() {
        return new Limits(MAX_ENTRIES, MAX_BYTES);
    }
}
