package io.tidemark.receiver.restore;

import io.tidemark.database.Database;
import io.tidemark.database.SqlFailures;
import io.tidemark.database.SqlResource;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The database that a bundle is restored into: nothing of anybody is in it before, and nothing of ours after. */
final class EmptyTarget {
    private static final String APPLICATION = "tidemark restore";

    private final Database database;

    EmptyTarget(Database database) {
        this.database = database;
    }

    /** @throws TidemarkException (NOT_ADOPTED) where it is not empty */
    void require() {
        List<String> found = texts("looking at", "restore-target.sql");
        if (!found.isEmpty()) {
            throw new TidemarkException(
                    FailureCode.NOT_ADOPTED,
                    "database " + database.url() + " is not empty: it holds " + found.get(0),
                    "create a new one (createdb) and restore into that");
        }
    }

    /**
     * Takes our own tables away. Where rows came by partials, sequences are put behind the columns that they serve: partials do not tell how far
     * sequences have come.
     */
    void finish(boolean byPartials) {
        List<String> statements = new ArrayList<>();
        if (byPartials) {
            statements.addAll(texts("finishing", "restore-sequences.sql"));
        }
        statements.add("DROP SCHEMA IF EXISTS tidemark CASCADE");
        try (Connection connection = database.open(APPLICATION);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException failure) {
            throw SqlFailures.of("finishing " + database.url(), failure);
        }
    }

    private List<String> texts(String doing, String resource) {
        List<String> texts = new ArrayList<>();
        try (Connection connection = database.open(APPLICATION);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(SqlResource.read(EmptyTarget.class, resource))) {
            while (row.next()) {
                texts.add(row.getString(1));
            }
        } catch (SQLException failure) {
            throw SqlFailures.of(doing + " " + database.url(), failure);
        }
        return texts;
    }
}
