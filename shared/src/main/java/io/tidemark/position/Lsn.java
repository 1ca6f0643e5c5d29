package io.tidemark.position;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** A place in the write-ahead log, written as PostgreSQL writes it: {@code 16/B374D848}. Compared as unsigned. */
public record Lsn(long value) implements Comparable<Lsn> {
    @JsonCreator
    public static Lsn parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 1) {
            throw new IllegalArgumentException("not a WAL position: " + text);
        }
        long high = Long.parseLong(text.substring(0, slash), 16);
        long low = Long.parseLong(text.substring(slash + 1), 16);
        if (high < 0 || high > 0xffff_ffffL || low < 0 || low > 0xffff_ffffL) {
            throw new IllegalArgumentException("not a WAL position: " + text);
        }
        return new Lsn(high << 32 | low);
    }

    @Override
    public int compareTo(Lsn other) {
        return Long.compareUnsigned(value, other.value);
    }

    @JsonValue
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%X/%X", value >>> 32, value & 0xffff_ffffL);
    }
}
