package io.tidemark.receiver.load;

import io.tidemark.database.SqlResource;
import io.tidemark.table.TableName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Tells cheaply whether a table was written since it was last looked at.
 *
 * @param rows how many there are
 * @param writers a hash over the writing transactions of all rows
 */
record RowWriters(long rows, String writers) {
    /** What {@link #read} would say of a table whose rows all came in the transaction that is open. */
    static RowWriters ofThisTransaction(Connection connection, long rows) throws SQLException {
        // A row names its writer by the lower half of the transaction's number.
        String writers = rows == 0
                ? "-"
                : Statements.single(
                        connection,
                        "select pg_catalog.md5((pg_catalog.pg_current_xact_id()::text::bigint & 4294967295) || ':"
                                + rows + "')");
        return new RowWriters(rows, writers);
    }

    static RowWriters read(Connection connection, TableName table) throws SQLException {
        String query = SqlResource.read(RowWriters.class, "row-writers.sql").replace("%s", table.quoted());
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            try (ResultSet row = statement.executeQuery(query)) {
                row.next();
                return new RowWriters(row.getLong("rows"), row.getString("writers"));
            }
        }
    }
}
