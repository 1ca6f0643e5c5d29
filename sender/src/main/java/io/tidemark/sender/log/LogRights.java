package io.tidemark.sender.log;

import io.tidemark.database.SqlResource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Whether the server and the role let the log be read at all. */
final class LogRights {
    /** Nothing has to be seen where no commit waits for anybody. */
    private static final String SEES_WAITS = "select pg_catalog.current_setting('synchronous_standby_names') = ''"
            + " or pg_catalog.pg_has_role('pg_read_all_stats', 'USAGE')";

    private LogRights() {}

    /** Whether the role sees which commits wait for a synchronous standby. */
    static boolean seesWaitingCommits(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(SEES_WAITS);
                ResultSet row = query.executeQuery()) {
            row.next();
            return row.getBoolean(1);
        }
    }

    static Optional<String> obstacle(Connection connection) throws SQLException {
        try (PreparedStatement query =
                        connection.prepareStatement(SqlResource.read(LogRights.class, "log-rights.sql"));
                ResultSet row = query.executeQuery()) {
            row.next();
            if (row.getBoolean("standby")) {
                return Optional.of("the server is a standby");
            }
            if (!"logical".equals(row.getString("wal_level"))) {
                return Optional.of("wal_level is " + row.getString("wal_level")
                        + " (ALTER SYSTEM SET wal_level = logical, then restart)");
            }
            if (!row.getBoolean("may_replicate")) {
                return Optional.of("the role may not replicate (ALTER ROLE " + row.getString("role") + " REPLICATION)");
            }
            return Optional.empty();
        }
    }
}
