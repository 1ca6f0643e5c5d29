package io.tidemark.table;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.HexFormat;

/**
 * The digest of a set of rows that does not depend on their order: the sum, modulo 2^128, of a 128-bit hash per row. Digests of
 * disjoint sets add up, so a table's digest is the sum of its parts' digests.
 */
public record TableDigest(long high, long low) {
    public static final TableDigest EMPTY = new TableDigest(0, 0);

    @JsonCreator
    public static TableDigest parse(String hex) {
        if (hex.length() != 32) {
            throw new IllegalArgumentException("not 32 hexadecimal digits: " + hex);
        }
        return new TableDigest(HexFormat.fromHexDigitsToLong(hex, 0, 16), HexFormat.fromHexDigitsToLong(hex, 16, 32));
    }

    public TableDigest plus(TableDigest other) {
        long sum = low + other.low;
        long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
        return new TableDigest(high + other.high + carry, sum);
    }

    @JsonValue
    public String hex() {
        return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
    }

    @Override
    public String toString() {
        return hex();
    }
}
