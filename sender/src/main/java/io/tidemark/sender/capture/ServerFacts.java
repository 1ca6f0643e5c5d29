package io.tidemark.sender.capture;

import io.tidemark.database.SqlResource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What a complete depends on, as far as the server and the role go.
 *
 * @param convertible whether PostgreSQL can turn the database's encoding into UTF8
 * @param clock seconds since 1970
 */
record ServerFacts(
        int version,
        String versionText,
        String encoding,
        boolean convertible,
        String walLevel,
        boolean mayReplicate,
        boolean standby,
        int freeSlots,
        double clock) {

    static ServerFacts read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(SqlResource.read(ServerFacts.class, "server-facts.sql"))) {
            if (!row.next()) {
                throw new SQLException("the server tells nothing of this database");
            }
            return new ServerFacts(
                    row.getInt("version"),
                    row.getString("version_text"),
                    row.getString("encoding"),
                    row.getBoolean("convertible"),
                    row.getString("wal_level"),
                    row.getBoolean("may_replicate"),
                    row.getBoolean("standby"),
                    row.getInt("free_slots"),
                    row.getDouble("clock"));
        }
    }
}
