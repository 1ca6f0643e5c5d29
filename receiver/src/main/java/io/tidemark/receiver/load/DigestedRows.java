package io.tidemark.receiver.load;

import io.tidemark.database.CopyCursor;
import io.tidemark.table.DataFormat;
import io.tidemark.table.RowDigest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Hands a content through and adds each of its rows to a digest. Bytes that are no COPY file give a digest that fits nothing; COPY itself
 * refuses them. Holds no more than the row that is incomplete at the end of a read.
 */
final class DigestedRows extends FilterInputStream {
    private static final int COUNT = 2;
    private static final int LENGTH = 4;

    private final DataFormat format;
    private final RowDigest digest;
    private byte[] rest = new byte[0];
    private int kept;
    /** How many bytes of the kept row are known not to end it. */
    private int searched;

    private int skip;

    DigestedRows(InputStream content, DataFormat format, RowDigest digest) {
        super(content);
        this.format = format;
        this.digest = digest;
        this.skip = format == DataFormat.BINARY ? CopyCursor.BINARY_HEADER : 0;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = super.read(bytes, offset, length);
        if (read > 0) {
            take(bytes, offset, read);
        }
        return read;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void take(byte[] bytes, int offset, int length) {
        int skipped = Math.min(skip, length);
        skip -= skipped;
        int from = offset + skipped;
        int end = offset + length;
        if (kept > 0) {
            from = finishRow(bytes, from, end);
        }
        int next = from;
        while (kept == 0 && next < end) {
            int after = rowEnd(bytes, next, end);
            if (after < 0) {
                keep(bytes, next, end - next);
                return;
            }
            add(bytes, next, after);
            next = after;
        }
    }

    /** Completes the row of which a piece was kept, as far as the bytes go. */
    private int finishRow(byte[] bytes, int from, int end) {
        int before = kept;
        keep(bytes, from, end - from);
        int after = kept > searched ? rowEnd(rest, 0, kept) : -1;
        if (after < 0) {
            return end;
        }
        add(rest, 0, after);
        kept = 0;
        searched = 0;
        return from + after - before;
    }

    private void keep(byte[] bytes, int from, int length) {
        if (kept + length > rest.length) {
            rest = Arrays.copyOf(rest, Math.max(kept + length, rest.length + rest.length / 4));
        }
        System.arraycopy(bytes, from, rest, kept, length);
        kept += length;
    }

    private void add(byte[] bytes, int from, int after) {
        if (format == DataFormat.TEXT) {
            digest.add(bytes, from, after - from - 1);
        } else if (after - from > COUNT || bytes[from] >= 0) {
            digest.add(bytes, from, after - from);
        }
    }

    /** Where the row that begins at {@code from} ends; -1 where that lies beyond {@code end}. The trailer counts as a row without columns. */
    private int rowEnd(byte[] bytes, int from, int end) {
        return format == DataFormat.TEXT ? lineEnd(bytes, from, end) : tupleEnd(bytes, from, end);
    }

    private int lineEnd(byte[] bytes, int from, int end) {
        for (int i = from + searched; i < end; i++) {
            if (bytes[i] == '\n') {
                return i + 1;
            }
        }
        searched = end - from;
        return -1;
    }

    private int tupleEnd(byte[] bytes, int from, int end) {
        if (end - from < COUNT) {
            return -1;
        }
        int columns = (short) ((bytes[from] & 0xff) << 8 | (bytes[from + 1] & 0xff));
        long at = (long) from + COUNT;
        for (int i = 0; i < columns; i++) {
            if (at + LENGTH > end) {
                return notBefore(at + LENGTH - from);
            }
            at += LENGTH + Math.max(0, length(bytes, (int) at));
        }
        return at <= end ? (int) at : notBefore(at - from);
    }

    private int notBefore(long size) {
        searched = (int) Math.min(Integer.MAX_VALUE, size - 1);
        return -1;
    }

    private static int length(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 24
                | (bytes[at + 1] & 0xff) << 16
                | (bytes[at + 2] & 0xff) << 8
                | (bytes[at + 3] & 0xff);
    }
}
