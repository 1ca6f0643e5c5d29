package io.tidemark.database;

import io.tidemark.table.DataFormat;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * The output of one {@code COPY … TO STDOUT}, of which a row at a time is in memory: the server sends each row as one message (protocol
 * documentation, "COPY Operations"), in binary form with the file header before the first row and the trailer as a message of its own.
 */
public final class CopyCursor implements AutoCloseable {
    /** Signature, flags and an empty header extension, as every binary COPY file begins. */
    public static final int BINARY_HEADER = 19;

    private static final int TRAILER = 2;
    private static final byte[] NONE = {};

    private final CopyOut out;
    private final DataFormat format;
    private boolean begun;
    private byte[] bytes = NONE;
    private int offset;
    private int length;

    private CopyCursor(CopyOut out, DataFormat format) {
        this.out = out;
        this.format = format;
    }

    /** @param connection on which nothing else can be asked until the last row was read or this is closed */
    public static CopyCursor open(Connection connection, String copy, DataFormat format) throws SQLException {
        return new CopyCursor(connection.unwrap(PGConnection.class).getCopyAPI().copyOut(copy), format);
    }

    /**
     * Goes to the next row, the first one at first.
     *
     * @return whether there is one
     */
    public boolean next() throws SQLException {
        for (byte @Nullable [] message = out.readFromCopy(); message != null; message = out.readFromCopy()) {
            bytes = message;
            if (format == DataFormat.TEXT) {
                length = message.length - 1;
                return true;
            }
            offset = begun ? 0 : BINARY_HEADER;
            begun = true;
            length = message.length - offset;
            if (!isTrailer()) {
                return true;
            }
        }
        bytes = NONE;
        return false;
    }

    /** Holds the row, from {@link #offset} on; never written to again. */
    public byte[] bytes() {
        return bytes;
    }

    public int offset() {
        return offset;
    }

    /** In bytes; in text form without the newline. */
    public int length() {
        return length;
    }

    private boolean isTrailer() {
        return length == TRAILER && bytes[offset] == -1 && bytes[offset + 1] == -1;
    }

    /** Ends a COPY that was not read to its end. */
    @Override
    public void close() throws SQLException {
        if (out.isActive()) {
            out.cancelCopy();
        }
    }
}
