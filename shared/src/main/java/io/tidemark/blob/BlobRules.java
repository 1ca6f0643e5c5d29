package io.tidemark.blob;

/** What sizes a compressed blob can have; senders and receivers keep to the same. */
final class BlobRules {
    /** A content up to this size may be compressed however well it goes. */
    static final long ANY_RATIO_UP_TO = 64L << 20;

    static final long MAX_RATIO = 1000;
    /** What cannot win at least this part of its size is stored as it is: 1/20 is 5 %. */
    private static final int LEAST_GAIN = 20;

    private BlobRules() {}

    /** A receiver never decompresses more than this for what came over the link. */
    static boolean allowed(long rawSize, long storedSize) {
        return rawSize <= ANY_RATIO_UP_TO || rawSize / MAX_RATIO <= storedSize;
    }

    /** The largest compressed form that is worth decompressing again. */
    static long largestWorthwhile(long rawSize) {
        return rawSize - rawSize / LEAST_GAIN - 1;
    }

    static boolean worthwhile(long rawSize, long storedSize) {
        return storedSize <= largestWorthwhile(rawSize) && allowed(rawSize, storedSize);
    }
}
