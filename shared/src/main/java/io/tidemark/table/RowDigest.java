package io.tidemark.table;

import org.apache.commons.codec.digest.MurmurHash3;

/**
 * Sums up a {@link TableDigest} row by row. A row's hash is MurmurHash3 (x64, 128 bits, seed 0) over the row's bytes as COPY writes them:
 * in text form the line without its newline, in binary form the tuple with its field count. It protects against differences, not against
 * forgers; contents are protected by their SHA-256.
 */
public final class RowDigest {
    private long high;
    private long low;
    private long rows;

    public void add(byte[] bytes, int offset, int length) {
        long[] hash = MurmurHash3.hash128x64(bytes, offset, length, 0);
        long sum = low + hash[1];
        high += hash[0] + (Long.compareUnsigned(sum, low) < 0 ? 1 : 0);
        low = sum;
        rows++;
    }

    public long rows() {
        return rows;
    }

    public TableDigest digest() {
        return new TableDigest(high, low);
    }
}
