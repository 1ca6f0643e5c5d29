package io.tidemark.receiver.load;

import io.tidemark.bundle.Manifest;
import io.tidemark.database.SqlResource;
import io.tidemark.table.TableName;
import io.tidemark.table.TableShape;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.stream.Collectors;

/**
 * Notes which rows a load changed, for post-processing steps, within the transaction that changes them. Where no step is registered nothing is
 * noted, and a load costs what it did. Keys are JSON objects of a column's name and its value as text.
 */
public final class ChangeQueue {
    private static final long NOBODY = 0;
    private static final String INSERT = "INSERT INTO tidemark.post_change (load, source, schema, name, key, deleted) ";

    private final Connection connection;
    private final String source;
    private final long load;

    private ChangeQueue(Connection connection, String source, long load) {
        this.connection = connection;
        this.source = source;
        this.load = load;
    }

    /** Creates the tables and views that are not there yet. */
    public static void create(Connection connection) throws SQLException {
        Ledger.create(connection);
        Statements.execute(connection, SqlResource.read(ChangeQueue.class, "post.sql"));
    }

    public static boolean exists(Connection connection) throws SQLException {
        return Statements.single(connection, "select pg_catalog.to_regclass('tidemark.post_step') is not null")
                .equals("t");
    }

    /** Begins a load, within its transaction. Loads follow each other, so that their numbers rise in the order of their commits. */
    public static ChangeQueue begin(Connection connection, Manifest bundle) throws SQLException {
        boolean wanted = exists(connection)
                && Statements.single(connection, "select exists (select from tidemark.post_step)")
                        .equals("t");
        if (!wanted) {
            return new ChangeQueue(connection, bundle.source(), NOBODY);
        }
        try (PreparedStatement insert = connection.prepareStatement("insert into tidemark.post_load"
                + " (source, sequence, bundle, kind) values (?, ?, ?, ?) returning number")) {
            insert.setString(1, bundle.source());
            insert.setLong(2, bundle.sequence());
            insert.setString(3, bundle.id().name());
            insert.setString(4, bundle.kind().word());
            try (ResultSet row = insert.executeQuery()) {
                row.next();
                return new ChangeQueue(connection, bundle.source(), row.getLong(1));
            }
        }
    }

    public boolean wanted() {
        return load != NOBODY;
    }

    /** Any row of the table may have changed. */
    public void everything(TableName table) throws SQLException {
        if (wanted()) {
            Statements.update(connection, INSERT + "values (" + prefix(table) + ", NULL, false)");
        }
    }

    /** The statement, which also notes the rows that it touches; it reports as many. */
    String noting(String statement, String alias, TableShape shape, boolean deleted) {
        return wanted()
                ? "WITH touched AS (" + statement + " RETURNING " + key(alias, shape) + " AS key) "
                        + INSERT + "SELECT " + prefix(shape.table()) + ", key, " + deleted
                        + " FROM touched"
                : statement;
    }

    /** Notes the rows of a temporary table as changed. */
    void rows(String temporary, TableShape shape) throws SQLException {
        if (wanted()) {
            Statements.update(
                    connection,
                    INSERT + "SELECT " + prefix(shape.table()) + ", " + key("a.", shape) + ", false FROM " + temporary
                            + " a");
        }
    }

    /** What takes lines of key (JSON) and deleted ({@code t} or {@code f}); {@link #head} comes first in each. */
    public String copy() {
        return "COPY tidemark.post_change (load, source, schema, name, key, deleted) FROM STDIN";
    }

    /** The first four fields of a line of {@link #copy}. */
    public String[] head(TableName table) {
        return new String[] {Long.toString(load), source, table.schema(), table.name()};
    }

    private String prefix(TableName table) {
        return load + ", " + literal(source) + ", " + literal(table.schema()) + ", " + literal(table.name());
    }

    private static String key(String alias, TableShape shape) {
        return shape.key().stream()
                .map(column -> literal(column) + ", (" + alias + TableName.quote(column) + ")::text")
                .collect(Collectors.joining(", ", "pg_catalog.jsonb_build_object(", ")"));
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
