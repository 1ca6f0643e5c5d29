package io.tidemark.receiver.load;

import io.tidemark.bundle.Manifest;
import io.tidemark.crash.CrashPoints;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.progress.Progress;
import io.tidemark.receiver.load.TaskGraph.Task;
import io.tidemark.table.RowDigest;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/**
 * Fills tables that have never held rows: TRUNCATE and COPY FREEZE in one transaction per table, so that PostgreSQL writes each page once;
 * the ledger says in the same transaction that the table is loaded. Then reads the rows back and compares their digest.
 */
final class FirstLoad {
    static final String STAGE = "load";

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

    void plan(TaskGraph graph, Manifest.Table table) {
        graph.add(new Task(
                table.name(),
                "loading table " + table.name(),
                table.bytes(),
                Set.of(),
                Set.of(table.name()),
                true,
                connection -> load(connection, table)));
        graph.add(new Task(
                List.of("proof", table.name()),
                "proving table " + table.name(),
                0,
                Set.of(table.name()),
                Set.of(table.name()),
                false,
                connection -> prove(connection, table)));
    }

    private void load(Connection connection, Manifest.Table table) throws SQLException, IOException {
        connection.setAutoCommit(false);
        Statements.execute(connection, "TRUNCATE ONLY " + table.name().quoted());
        long rows = copy.in(
                connection,
                table.name().quoted(),
                table,
                parts.blobs(manifest.tables().indexOf(table)),
                true);
        if (rows != table.rows()) {
            throw TableMerge.rowsDiffer(table, rows);
        }
        new Ledger(connection, manifest.source())
                .put(new RelationState(
                        table.name(), true, 0, table.rows(), table.digest(), table.format(), table.shape(), ""));
        connection.commit();
        connection.setAutoCommit(true);
        progress.advance(STAGE, table.bytes());
        crashPoints.pass(LoadStep.TABLE_LOADED);
    }

    private void prove(Connection connection, Manifest.Table table) throws SQLException {
        RowDigest digest = TableCopy.digest(connection, table.shape(), table.format());
        if (!digest.digest().equals(table.digest())) {
            throw new TidemarkException(
                    FailureCode.FAILED,
                    "table " + table.name() + " differs from the primary after its first load",
                    "something wrote to it while it was loaded; the next load merges it");
        }
        RowWriters writers = RowWriters.read(connection, table.name());
        new Ledger(connection, manifest.source())
                .put(new RelationState(
                        table.name(),
                        true,
                        manifest.sequence(),
                        table.rows(),
                        table.digest(),
                        table.format(),
                        table.shape(),
                        writers.writers()));
    }
}
