package io.tidemark.database;

import io.tidemark.table.DataFormat;
import java.sql.Connection;
import java.sql.SQLException;

/** Reads the output of {@code COPY … TO STDOUT} row by row to its end. */
public final class CopyRows {
    private CopyRows() {}

    /** Takes a row: {@code length} bytes of {@code bytes} from {@code offset}; in text form without the newline. */
    @FunctionalInterface
    public interface RowHandler {
        void row(byte[] bytes, int offset, int length);
    }

    /** Runs one COPY to its end. */
    public static void read(Connection connection, String copy, DataFormat format, RowHandler handler)
            throws SQLException {
        try (CopyCursor rows = CopyCursor.open(connection, copy, format)) {
            while (rows.next()) {
                handler.row(rows.bytes(), rows.offset(), rows.length());
            }
        }
    }
}
