package io.tidemark.sender.watermark;

import io.tidemark.database.SqlResource;
import io.tidemark.table.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A foreign key.
 *
 * @param child oid of the table that refers
 * @param parent oid of the table that is referred to
 * @param same SQL: whether row {@code c} refers to row {@code t}
 */
record Reference(long child, long parent, String same) {
    static List<Reference> read(Connection connection) throws SQLException {
        List<Reference> references = new ArrayList<>();
        try (PreparedStatement query =
                        connection.prepareStatement(SqlResource.read(Reference.class, "references.sql"));
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                references.add(new Reference(row.getLong("child"), row.getLong("parent"), same(row)));
            }
        }
        return references;
    }

    private static String same(ResultSet row) throws SQLException {
        String[] from = (String[]) row.getArray("from_columns").getArray();
        String[] to = (String[]) row.getArray("to_columns").getArray();
        String[] operators = (String[]) row.getArray("operators").getArray();
        List<String> equal = new ArrayList<>();
        for (int i = 0; i < from.length; i++) {
            equal.add("t." + TableName.quote(to[i]) + " " + operators[i] + " c." + TableName.quote(from[i]));
        }
        return String.join(" AND ", equal);
    }
}
