package io.tidemark.receiver.load;

import io.tidemark.database.SqlResource;
import io.tidemark.receiver.load.LaterPartials.Shield;
import io.tidemark.table.Column;
import io.tidemark.table.TableShape;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Makes one table of the replica equal to a complete's, in place and within the caller's transaction: readers go on with the rows they
 * see. Triggers and foreign keys must be off ({@code session_replication_role = replica}): the primary's rows satisfy them already.
 */
final class TableMerge {
    /** SQLSTATEs of unique and exclusion constraints. */
    private static final Set<String> CLASH = Set.of("23505", "23P01");

    private final Connection connection;
    private final ChangeQueue queue;

    TableMerge(Connection connection, ChangeQueue queue) {
        this.connection = connection;
        this.queue = queue;
    }

    /** Rows touched. */
    record Counts(long inserted, long updated, long deleted) {}

    /**
     * Merges staged rows: all of the complete's against all of the table's, or what differs between two completes, which is right only where
     * the table is known to equal the earlier one.
     *
     * @param shield rows that stay as they are; none where the staged rows are not the whole
     */
    Counts staged(TableShape shape, TableShape actual, StagedRows rows, Shield shield) throws SQLException {
        String stale = rows.stale() == null ? shape.table().quoted() : rows.stale();
        MergeSql sql = new MergeSql(shape, exact(shape), rows.fresh(), stale);
        if (!shield.none()) {
            sql = sql.sparing(shield);
            Statements.execute(connection, sql.dropSpared());
        }
        return merge(sql, actual);
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
}
