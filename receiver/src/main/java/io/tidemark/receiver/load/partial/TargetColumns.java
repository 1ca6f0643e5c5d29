package io.tidemark.receiver.load.partial;

import io.tidemark.database.SqlResource;
import io.tidemark.table.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The columns of one table of the replica, as far as applying changes depends on them.
 *
 * @param casts by name: the type below domains, for columns whose type is one
 * @param exact names of columns that {@code =} compares exactly
 * @param always names of GENERATED ALWAYS AS IDENTITY columns, which no UPDATE may set
 * @param stored names of all columns that are not generated, in catalogue order
 */
record TargetColumns(Map<String, String> casts, Set<String> exact, Set<String> always, List<String> stored) {
    static TargetColumns read(Connection connection, TableName table) throws SQLException {
        TargetColumns columns =
                new TargetColumns(new LinkedHashMap<>(), new HashSet<>(), new HashSet<>(), new ArrayList<>());
        try (PreparedStatement select =
                connection.prepareStatement(SqlResource.read(TargetColumns.class, "target-columns.sql"))) {
            select.setString(1, table.schema());
            select.setString(2, table.name());
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    columns.add(row);
                }
            }
        }
        return columns;
    }

    private void add(ResultSet row) throws SQLException {
        String name = row.getString("name");
        if (row.getBoolean("domain")) {
            casts.put(name, row.getString("base"));
        }
        if (row.getBoolean("exact")) {
            exact.add(name);
        }
        if (row.getBoolean("always")) {
            always.add(name);
        }
        if (!row.getBoolean("generated")) {
            stored.add(name);
        }
    }
}
