package io.tidemark.receiver.load;

import io.tidemark.blob.BlobId;
import io.tidemark.blob.BlobStore;
import io.tidemark.bundle.Manifest;
import io.tidemark.database.CopyRows;
import io.tidemark.table.Column;
import io.tidemark.table.DataFormat;
import io.tidemark.table.RowDigest;
import io.tidemark.table.TableName;
import io.tidemark.table.TableShape;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;

/** Moves rows between contents and tables by COPY. */
final class TableCopy {
    private static final int CHUNK = 64 << 10;

    private final BlobStore store;

    TableCopy(BlobStore store) {
        this.store = store;
    }

    /**
     * Every content is a COPY file of its own.
     *
     * @param first where the table was emptied in the same transaction: takes the digest of what goes in
     * @param frozen whether the rows are written frozen; only where the table was truncated in the same transaction
     * @return how many rows went in
     */
    long in(
            Connection connection,
            String target,
            Manifest.Table table,
            Iterable<BlobId> blobs,
            Optional<RowDigest> first,
            boolean frozen)
            throws SQLException, IOException {
        String sql = "COPY " + target + columns(table.shape()) + " FROM STDIN (FORMAT "
                + table.format().word() + (frozen ? ", FREEZE" : "") + ")";
        long rows = 0;
        for (BlobId blob : blobs) {
            try (InputStream stored = first.isPresent() ? store.openUnchecked(blob) : store.open(blob);
                    InputStream content =
                            first.isPresent() ? new DigestedRows(stored, table.format(), first.get()) : stored) {
                rows += connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql, content, CHUNK);
            }
        }
        return rows;
    }

    /** Tells of contents that are not what their names say. */
    void check(Iterable<BlobId> blobs) throws IOException {
        for (BlobId blob : blobs) {
            store.check(blob);
        }
    }

    /** Reads a whole table as its parts were written. */
    static RowDigest digest(Connection connection, TableShape shape, DataFormat format) throws SQLException {
        RowDigest digest = new RowDigest();
        String columns = shape.copied().isEmpty()
                ? "(SELECT FROM ONLY " + shape.table().quoted() + ")"
                : shape.table().quoted() + columns(shape);
        CopyRows.read(connection, "COPY " + columns + " TO STDOUT (FORMAT " + format.word() + ")", format, digest::add);
        return digest;
    }

    /** In parentheses; nothing where no column travels. */
    static String columns(TableShape shape) {
        return shape.copied().isEmpty()
                ? ""
                : " ("
                        + shape.copied().stream()
                                .map(Column::name)
                                .map(TableName::quote)
                                .collect(Collectors.joining(", "))
                        + ")";
    }
}
