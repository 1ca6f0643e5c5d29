package io.tidemark.receiver.load;

import io.tidemark.blob.BlobId;
import io.tidemark.bundle.Manifest;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.Optional;

/** Brings rows of a complete into temporary tables. */
final class RowStaging {
    /** The class of SQLSTATEs of values that a type does not take. */
    private static final String BAD_VALUE = "22";

    private final Connection connection;
    private final TableCopy copy;
    private final String suffix;
    private final String lifetime;

    private RowStaging(Connection connection, TableCopy copy, String suffix, String lifetime) {
        this.connection = connection;
        this.copy = copy;
        this.suffix = suffix;
        this.lifetime = lifetime;
    }

    /** For rows that are merged at once, in the transaction that is open: one table after the other. */
    static RowStaging forOne(Connection connection, TableCopy copy) {
        return new RowStaging(connection, copy, "", "ON COMMIT DROP");
    }

    /** For rows that go with the session. To be used outside of a transaction, so that no lock is held on the replica's tables. */
    static RowStaging ahead(Connection connection, TableCopy copy, int number) {
        return new RowStaging(connection, copy, "_" + number, "ON COMMIT PRESERVE ROWS");
    }

    StagedRows whole(Manifest.Table table, Iterable<BlobId> blobs) throws SQLException, IOException {
        String fresh = fresh();
        long rows = stage(fresh, table, blobs);
        if (rows != table.rows()) {
            throw rowsDiffer(table, rows);
        }
        return new StagedRows(fresh, null);
    }

    /** @return empty where rows of the earlier complete cannot be read any more, as an enum's labels were renamed since */
    Optional<StagedRows> difference(Manifest.Table table, EarlierComplete.Difference difference)
            throws SQLException, IOException {
        String stale = "pg_temp.tidemark_stale" + suffix;
        Savepoint before = connection.getAutoCommit() ? null : connection.setSavepoint();
        try {
            stage(stale, table, difference.stale());
        } catch (SQLException failure) {
            if (!String.valueOf(failure.getSQLState()).startsWith(BAD_VALUE)) {
                throw failure;
            }
            if (before == null) {
                Statements.execute(connection, "DROP TABLE " + stale);
            } else {
                connection.rollback(before);
            }
            return Optional.empty();
        }
        String fresh = fresh();
        stage(fresh, table, difference.fresh());
        return Optional.of(new StagedRows(fresh, stale));
    }

    void drop(StagedRows rows) throws SQLException {
        Statements.execute(connection, "DROP TABLE " + rows.fresh() + (rows.isWhole() ? "" : ", " + rows.stale()));
    }

    private String fresh() {
        return "pg_temp.tidemark_fresh" + suffix;
    }

    private long stage(String staging, Manifest.Table table, Iterable<BlobId> blobs) throws SQLException, IOException {
        String columns = TableCopy.columns(table.shape()).replaceFirst("^ \\((.*)\\)$", "$1");
        Statements.execute(
                connection,
                "CREATE TEMP TABLE " + staging + " " + lifetime + " AS SELECT " + columns + " FROM ONLY "
                        + table.shape().table().quoted() + " WHERE false");
        long rows = copy.in(connection, staging, table, blobs, Optional.empty(), false);
        for (String statement : MergeSql.ready(staging, table.shape()).toList()) {
            Statements.execute(connection, statement);
        }
        return rows;
    }

    static TidemarkException rowsDiffer(Manifest.Table table, long rows) {
        return new TidemarkException(
                FailureCode.REFUSED,
                "table " + table.shape().table() + ": the bundle holds " + rows + " rows and its manifest says "
                        + table.rows(),
                "the bundle is damaged; the next complete replaces it");
    }
}
