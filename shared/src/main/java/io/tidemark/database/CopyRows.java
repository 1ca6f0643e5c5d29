package io.tidemark.database;

import io.tidemark.table.DataFormat;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * Reads the output of {@code COPY … TO STDOUT} row by row: the server sends each row as one message (protocol documentation, "COPY
 * Operations"), in binary form with the file header before the first row and the trailer as a message of its own.
 */
public final class CopyRows {
    /** Signature, flags and an empty header extension, as every binary COPY file begins. */
    public static final int BINARY_HEADER = 19;

    private static final int TRAILER = 2;

    private CopyRows() {}

    /** Takes a row: {@code length} bytes of {@code bytes} from {@code offset}; in text form without the newline. */
    @FunctionalInterface
    public interface RowHandler {
        void row(byte[] bytes, int offset, int length);
    }

    /** Runs one COPY to its end. */
    public static void read(Connection connection, String copy, DataFormat format, RowHandler handler)
            throws SQLException {
        CopyOut out = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(copy);
        try {
            boolean first = true;
            for (byte @Nullable [] message = out.readFromCopy(); message != null; message = out.readFromCopy()) {
                if (format == DataFormat.TEXT) {
                    handler.row(message, 0, message.length - 1);
                    continue;
                }
                int offset = first ? BINARY_HEADER : 0;
                first = false;
                if (!isTrailer(message, offset)) {
                    handler.row(message, offset, message.length - offset);
                }
            }
        } finally {
            if (out.isActive()) {
                out.cancelCopy();
            }
        }
    }

    private static boolean isTrailer(byte[] message, int offset) {
        return message.length - offset == TRAILER && message[offset] == -1 && message[offset + 1] == -1;
    }
}
