package io.tidemark.sender.capture;

import io.tidemark.database.SqlResource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** A word that changes with every change of a definition in the database. No relation is locked for it. */
public final class CatalogueMark {
    private CatalogueMark() {}

    public static String read(Connection connection) throws SQLException {
        try (PreparedStatement query =
                        connection.prepareStatement(SqlResource.read(CatalogueMark.class, "catalogue-mark.sql"));
                ResultSet row = query.executeQuery()) {
            row.next();
            return row.getString("mark");
        }
    }
}
