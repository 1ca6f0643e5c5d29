package io.tidemark.receiver.load;

import io.tidemark.blob.BlobId;
import io.tidemark.bundle.Manifest;
import io.tidemark.database.SqlResource;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.receiver.load.LaterPartials.Shield;
import io.tidemark.table.Column;
import io.tidemark.table.TableShape;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes one table of the replica equal to a complete's, in place and within the caller's transaction: readers go on with the rows they
 * see. Triggers and foreign keys must be off ({@code session_replication_role = replica}): the primary's rows satisfy them already.
 */
final class TableMerge {
    /** SQLSTATEs of unique and exclusion constraints. */
    private static final Set<String> CLASH = Set.of("23505", "23P01");

    /** The class of SQLSTATEs of values that a type does not take. */
    private static final String BAD_VALUE = "22";

    private static final String FRESH = "pg_temp.tidemark_fresh";
    private static final String STALE = "pg_temp.tidemark_stale";

    private final Connection connection;
    private final TableCopy copy;
    private final ChangeQueue queue;

    TableMerge(Connection connection, TableCopy copy, ChangeQueue queue) {
        this.connection = connection;
        this.copy = copy;
        this.queue = queue;
    }

    /** Rows touched. */
    record Counts(long inserted, long updated, long deleted) {}

    /**
     * Merges all rows of the complete against all rows of the table.
     *
     * @param shield rows that stay as they are
     */
    Counts whole(Manifest.Table table, TableShape actual, Iterable<BlobId> blobs, Shield shield)
            throws SQLException, IOException {
        long rows = stage(FRESH, table, blobs);
        if (rows != table.rows()) {
            throw rowsDiffer(table, rows);
        }
        MergeSql sql = new MergeSql(
                table.shape(),
                exact(table.shape()),
                FRESH,
                table.shape().table().quoted());
        if (!shield.none()) {
            sql = sql.sparing(shield);
            Statements.execute(connection, sql.dropSpared());
        }
        Counts counts = merge(sql, actual);
        drop(FRESH);
        return counts;
    }

    /**
     * Merges only what differs between two completes; right only where the table is known to equal the earlier one.
     *
     * @return empty, and nothing touched, where rows of the earlier complete cannot be read any more, as an enum's labels were renamed since
     */
    Optional<Counts> difference(Manifest.Table table, TableShape actual, List<BlobId> fresh, List<BlobId> stale)
            throws SQLException, IOException {
        Savepoint before = connection.setSavepoint();
        try {
            stage(STALE, table, stale);
        } catch (SQLException failure) {
            if (!String.valueOf(failure.getSQLState()).startsWith(BAD_VALUE)) {
                throw failure;
            }
            connection.rollback(before);
            return Optional.empty();
        }
        stage(FRESH, table, fresh);
        Counts counts = merge(new MergeSql(table.shape(), exact(table.shape()), FRESH, STALE), actual);
        drop(FRESH);
        drop(STALE);
        return Optional.of(counts);
    }

    private Counts merge(MergeSql sql, TableShape actual) throws SQLException {
        if (!sql.keyed()) {
            return mergeLines(sql);
        }
        long deleted = Statements.update(connection, sql.deleteGone(queue));
        long updated = update(sql, actual);
        long inserted = Statements.update(connection, sql.insertNew(queue));
        return new Counts(inserted, updated, deleted);
    }

    private long update(MergeSql sql, TableShape actual) throws SQLException {
        if (sql.onlyKey()) {
            return 0;
        }
        execute(sql.findChanged());
        long updated = sql.needsSwap() ? swap(sql, actual) : updateOrSwap(sql, actual);
        execute(sql.dropChanged());
        return updated;
    }

    private long updateOrSwap(MergeSql sql, TableShape actual) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try {
            long updated = Statements.update(connection, sql.updateChanged(queue));
            connection.releaseSavepoint(before);
            return updated;
        } catch (SQLException failure) {
            if (!CLASH.contains(String.valueOf(failure.getSQLState()))) {
                throw failure;
            }
            connection.rollback(before);
            return swap(sql, actual);
        }
    }

    private void execute(List<String> statements) throws SQLException {
        for (String statement : statements) {
            Statements.execute(connection, statement);
        }
    }

    private long swap(MergeSql sql, TableShape actual) throws SQLException {
        Set<String> replicated = new HashSet<>(sql.copiedNames());
        List<String> own = actual.copied().stream()
                .map(Column::name)
                .filter(name -> !replicated.contains(name))
                .toList();
        long touched = 0;
        for (String statement : sql.swapChanged("pg_temp.tidemark_aside", own)) {
            touched = Statements.update(connection, statement);
        }
        queue.rows("pg_temp.tidemark_aside", sql.shape());
        drop("pg_temp.tidemark_aside");
        return touched;
    }

    private Counts mergeLines(MergeSql sql) throws SQLException {
        Statements.execute(connection, sql.lacking("pg_temp.tidemark_lacking"));
        Statements.execute(connection, sql.surplus("pg_temp.tidemark_surplus"));
        long deleted = Statements.update(connection, sql.deleteSurplus("pg_temp.tidemark_surplus"));
        long inserted = Statements.update(connection, sql.insertFrom("pg_temp.tidemark_lacking"));
        drop("pg_temp.tidemark_lacking");
        drop("pg_temp.tidemark_surplus");
        if (deleted + inserted > 0) {
            queue.everything(sql.shape().table());
        }
        return new Counts(inserted, 0, deleted);
    }

    private long stage(String staging, Manifest.Table table, Iterable<BlobId> blobs) throws SQLException, IOException {
        String columns = TableCopy.columns(table.shape()).replaceFirst("^ \\((.*)\\)$", "$1");
        Statements.execute(
                connection,
                "CREATE TEMP TABLE " + staging + " ON COMMIT DROP AS SELECT " + columns + " FROM ONLY "
                        + table.shape().table().quoted() + " WHERE false");
        long rows = copy.in(connection, staging, table, blobs, Optional.empty(), false);
        for (String statement : MergeSql.ready(staging, table.shape()).toList()) {
            Statements.execute(connection, statement);
        }
        return rows;
    }

    private Set<String> exact(TableShape shape) throws SQLException {
        Set<String> names = new HashSet<>();
        try (PreparedStatement select =
                connection.prepareStatement(SqlResource.read(TableMerge.class, "exact-columns.sql"))) {
            select.setString(1, shape.table().schema());
            select.setString(2, shape.table().name());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    names.add(rows.getString("name"));
                }
            }
        }
        return names;
    }

    private void drop(String staging) throws SQLException {
        Statements.execute(connection, "DROP TABLE " + staging);
    }

    static TidemarkException rowsDiffer(Manifest.Table table, long rows) {
        return new TidemarkException(
                FailureCode.REFUSED,
                "table " + table.shape().table() + ": the bundle holds " + rows + " rows and its manifest says "
                        + table.rows(),
                "the bundle is damaged; the next complete replaces it");
    }
}
