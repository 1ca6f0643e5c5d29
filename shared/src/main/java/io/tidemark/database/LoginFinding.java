package io.tidemark.database;

import io.tidemark.check.Finding;
import io.tidemark.failure.TidemarkException;
import java.sql.SQLException;

/** Says of a login that failed which setting to look at. */
public final class LoginFinding {
    private LoginFinding() {}

    public static Finding failed(Database database, SQLException failure) {
        TidemarkException known = SqlFailures.of("database " + database, failure);
        boolean login = String.valueOf(failure.getSQLState()).startsWith("28");
        return Finding.problem(login ? "database.user" : "database.url", known.text(), known.hint());
    }
}
