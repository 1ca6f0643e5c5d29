package io.tidemark.sender.capture;

import io.tidemark.bundle.Manifest;
import io.tidemark.database.SqlResource;
import io.tidemark.position.SourceIdentity;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * The server of a database.
 *
 * @param version as {@code server_version_num}
 * @param logical whether it writes what logical decoding needs
 */
public record SourceServer(SourceIdentity identity, int version, String encoding, boolean logical) {
    public static SourceServer read(Connection connection) throws SQLException {
        try (PreparedStatement query =
                        connection.prepareStatement(SqlResource.read(SourceServer.class, "identity.sql"));
                ResultSet row = query.executeQuery()) {
            row.next();
            return new SourceServer(
                    new SourceIdentity(row.getString("system"), row.getLong("database"), row.getInt("timeline")),
                    row.getInt("version"),
                    row.getString("encoding"),
                    row.getBoolean("logical"));
        }
    }

    /** As a manifest tells it. */
    public Manifest.Server inManifest() {
        return new Manifest.Server(version, encoding);
    }
}
