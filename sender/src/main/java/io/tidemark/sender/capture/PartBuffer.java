package io.tidemark.sender.capture;

import io.tidemark.blob.BlobId;
import io.tidemark.bundle.PartRecord;
import io.tidemark.database.CopyCursor;
import io.tidemark.table.DataFormat;
import io.tidemark.table.RowDigest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Collects the rows of one part and hands them on as contents that are COPY files of their own: whole rows, at most
 * {@link #MAX_BYTES} unless a single row is larger. Used again and again by one worker.
 */
final class PartBuffer {
    /** Bounds what a worker keeps in memory. */
    static final int MAX_BYTES = 8 << 20;

    private static final byte[] HEADER = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
    };
    private static final byte[] TRAILER = {(byte) 0xff, (byte) 0xff};
    private static final byte[] NEWLINE = {'\n'};
    private static final byte[] NOTHING = {};

    private final PartSink sink;
    private byte[] bytes = new byte[6 << 20];
    private int length;
    private DataFormat format = DataFormat.TEXT;
    private int table;
    private int part;
    private RowDigest digest = new RowDigest();
    private long flushedRows;
    private List<PartRecord> records = new ArrayList<>();

    PartBuffer(PartSink sink) {
        this.sink = sink;
        if (HEADER.length != CopyCursor.BINARY_HEADER) {
            throw new IllegalStateException("the binary header is " + CopyCursor.BINARY_HEADER + " bytes long");
        }
    }

    void begin(PartPlan plan, int partNumber) {
        format = plan.format();
        table = plan.index();
        part = partNumber;
        digest = new RowDigest();
        flushedRows = 0;
        records = new ArrayList<>();
        length = 0;
    }

    void row(byte[] source, int offset, int size) {
        digest.add(source, offset, size);
        try {
            if (size > MAX_BYTES) {
                flush(digest.rows() - 1);
                large(source, offset, size);
                return;
            }
            if (length + size + HEADER.length + TRAILER.length > MAX_BYTES) {
                flush(digest.rows() - 1);
            }
            if (length == 0) {
                append(header(), 0, header().length);
            }
            append(source, offset, size);
            if (format == DataFormat.TEXT) {
                append(NEWLINE, 0, 1);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A part without rows has no content and no record. */
    CopiedPart end() throws IOException {
        flush(digest.rows());
        return new CopiedPart(
                part,
                records,
                digest.rows(),
                records.stream().mapToLong(PartRecord::bytes).sum(),
                digest.digest());
    }

    private void flush(long rowsSoFar) throws IOException {
        if (length > 0) {
            append(trailer(), 0, trailer().length);
            record(sink.put(bytes, length), rowsSoFar, length);
            length = 0;
        }
    }

    private void large(byte[] source, int offset, int size) throws IOException {
        byte[] row = offset == 0 && size == source.length ? source : Arrays.copyOfRange(source, offset, offset + size);
        byte[] end = format == DataFormat.TEXT ? NEWLINE : TRAILER;
        long total = (long) header().length + size + end.length;
        record(sink.putLarge(List.of(header(), row, end)), digest.rows(), total);
    }

    private void record(BlobId blob, long rowsSoFar, long size) {
        records.add(new PartRecord(table, part, blob, rowsSoFar - flushedRows, size));
        flushedRows = rowsSoFar;
    }

    private void append(byte[] source, int offset, int size) {
        if (length + size > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.min(MAX_BYTES, Math.max(bytes.length * 2, length + size)));
        }
        System.arraycopy(source, offset, bytes, length, size);
        length += size;
    }

    private byte[] header() {
        return format == DataFormat.BINARY ? HEADER : NOTHING;
    }

    private byte[] trailer() {
        return format == DataFormat.BINARY ? TRAILER : NOTHING;
    }
}
