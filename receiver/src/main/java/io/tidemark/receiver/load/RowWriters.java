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
