package io.tidemark.sender.capture;

import io.tidemark.database.SqlResource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A word that changes with every change of a definition in the database. No relation is locked for it. */
public final class CatalogueMark {
    private CatalogueMark() {}

    public static String read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return Snapshot.single(statement, SqlResource.read(CatalogueMark.class, "catalogue-mark.sql"));
        }
    }
}
