package io.tidemark.receiver.load;

import io.tidemark.database.SqlResource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What a load depends on, as far as the server and the role go.
 *
 * @param version as {@code server_version_num}
 * @param mayCreate whether the role may create schemas in the database
 * @param hasSchema whether there is a schema {@code tidemark}
 * @param mayUseSchema whether the role may create in it
 */
record TargetFacts(
        int version,
        String versionText,
        String encoding,
        boolean mayCreate,
        boolean superuser,
        boolean hasSchema,
        boolean mayUseSchema,
        boolean standby,
        String database,
        String role) {

    static TargetFacts read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(SqlResource.read(TargetFacts.class, "target-facts.sql"))) {
            if (!row.next()) {
                throw new SQLException("the server tells nothing of this database");
            }
            return new TargetFacts(
                    row.getInt("version"),
                    row.getString("version_text"),
                    row.getString("encoding"),
                    row.getBoolean("may_create"),
                    row.getBoolean("superuser"),
                    row.getBoolean("has_schema"),
                    row.getBoolean("may_use_schema"),
                    row.getBoolean("standby"),
                    row.getString("database"),
                    row.getString("role"));
        }
    }
}
