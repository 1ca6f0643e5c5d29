package io.tidemark.receiver.load;

import io.tidemark.bundle.Manifest;
import io.tidemark.crash.CrashPoints;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.progress.Progress;
import io.tidemark.receiver.load.TaskGraph.Task;
import io.tidemark.table.RowDigest;
import io.tidemark.table.TableName;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.Optional;
import java.util.Set;

/**
 * Fills tables that have never held rows: TRUNCATE and COPY FREEZE in one transaction per table, so that PostgreSQL writes each page once.
 * The proof is made on the stream: the digest of the rows that go into COPY has to be the manifest's and COPY has to count as many, while
 * the transaction holds the table alone; the ledger says so in the same transaction.
 */
final class FirstLoad {
    static final String STAGE = "load";
    /** SQLSTATE of TRUNCATE on a table that foreign keys refer to. */
    private static final String NOT_SUPPORTED = "0A000";

    private final Manifest manifest;
    private final PartIndex parts;
    private final TableCopy copy;
    private final Progress progress;
    private final CrashPoints crashPoints;

    FirstLoad(Manifest manifest, PartIndex parts, TableCopy copy, Progress progress, CrashPoints crashPoints) {
        this.manifest = manifest;
        this.parts = parts;
        this.copy = copy;
        this.progress = progress;
        this.crashPoints = crashPoints;
    }

    /** @param needs what has to be done before, by the ids of the tasks */
    void plan(TaskGraph graph, Manifest.Table table, Set<Object> needs) {
        graph.add(new Task(
                table.name(),
                "loading table " + table.name(),
                table.bytes(),
                needs,
                Set.of(table.name()),
                true,
                connection -> load(connection, table)));
    }

    private void load(Connection connection, Manifest.Table table) throws SQLException, IOException {
        RowDigest digest = new RowDigest();
        Statements.transaction(connection, () -> {
            // Foreign keys may be there already, and the primary's rows satisfy them.
            Statements.execute(connection, "SET LOCAL session_replication_role = 'replica'");
            boolean frozen = truncated(connection, table.name());
            long rows = copied(connection, table, digest, frozen);
            if (rows != table.rows()) {
                throw RowStaging.rowsDiffer(table, rows);
            }
            if (!digest.digest().equals(table.digest())) {
                checkContents(table);
                throw new TidemarkException(
                        FailureCode.REFUSED,
                        "table " + table.name() + ": the bundle's rows have not the digest that its manifest says",
                        "the bundle is damaged; the next complete replaces it");
            }
            new Ledger(connection, manifest.source())
                    .put(new RelationState(
                            table.name(),
                            true,
                            manifest.sequence(),
                            table.rows(),
                            table.digest(),
                            table.format(),
                            table.shape(),
                            RowWriters.ofThisTransaction(connection, rows).writers()));
        });
        progress.advance(STAGE, table.bytes());
        crashPoints.pass(LoadStep.TABLE_LOADED);
    }

    /**
     * Leaves the table empty.
     *
     * @return false where PostgreSQL does not truncate it: a partition whose table foreign keys refer to. Its rows cannot be frozen then.
     */
    private static boolean truncated(Connection connection, TableName table) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try {
            Statements.execute(connection, "TRUNCATE ONLY " + table.quoted());
            connection.releaseSavepoint(before);
            return true;
        } catch (SQLException failure) {
            if (!NOT_SUPPORTED.equals(failure.getSQLState())) {
                throw failure;
            }
            connection.rollback(before);
            Statements.execute(connection, "DELETE FROM ONLY " + table.quoted());
            return false;
        }
    }

    private long copied(Connection connection, Manifest.Table table, RowDigest digest, boolean frozen)
            throws SQLException {
        try {
            return copy.in(
                    connection,
                    table.name().quoted(),
                    table,
                    parts.blobs(manifest.tables().indexOf(table)),
                    Optional.of(digest),
                    frozen);
        } catch (SQLException failure) {
            checkContents(table);
            throw failure;
        } catch (IOException failure) {
            throw LoadFailures.io("loading table " + table.name(), failure);
        }
    }

    /** Rows are proven by their digest; where that fails, the disk may be at fault and not the bundle. */
    private void checkContents(Manifest.Table table) {
        try {
            copy.check(parts.blobs(manifest.tables().indexOf(table)));
        } catch (IOException damaged) {
            throw LoadFailures.io("loading table " + table.name(), damaged);
        }
    }
}
