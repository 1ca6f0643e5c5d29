package io.tidemark.receiver.load;

import io.tidemark.bundle.Manifest;
import io.tidemark.crash.CrashPoints;
import io.tidemark.progress.Progress;
import io.tidemark.receipt.Receipt.TableResult;
import io.tidemark.table.TableName;
import io.tidemark.text.Human;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The one transaction in which a complete's rows become visible: every table that differs is merged, the ledger's rows are written, and
 * readers see all of it at once. It runs at REPEATABLE READ, so that somebody who writes to the same rows meanwhile makes it fail and run
 * again instead of being overwritten unseen.
 */
final class MergeTransaction {
    static final String STAGE = "merge";

    private final LoadSessions sessions;
    private final Manifest manifest;
    private final MergeInput input;
    private final Progress progress;
    private final CrashPoints crashPoints;

    MergeTransaction(LoadSessions sessions, MergeInput input, Progress progress, CrashPoints crashPoints) {
        this.sessions = sessions;
        this.manifest = input.manifest();
        this.input = input;
        this.progress = progress;
        this.crashPoints = crashPoints;
    }

    /** Writes the ledger's row of the bundle, within the transaction. */
    @FunctionalInterface
    interface Sealing {
        void seal(Connection connection, List<TableResult> results) throws SQLException;
    }

    /**
     * @param first tables whose first rows were loaded and proven just now
     * @param arriving tables that no complete has brought before, the first ones among them
     * @return how each table came out, in the manifest's order
     */
    List<TableResult> run(Set<TableName> first, Set<TableName> arriving, Sealing sealing) throws SQLException {
        Connection main = sessions.main();
        List<TableResult> results = new ArrayList<>();
        Statements.snapshot(main, () -> {
            Statements.execute(main, "SET LOCAL session_replication_role = 'replica'");
            results.addAll(merge(main, ChangeQueue.begin(main, manifest), first, arriving));
            crashPoints.pass(LoadStep.MERGE_WRITTEN);
            sequences(main);
            sealing.seal(main, results);
            crashPoints.pass(LoadStep.BEFORE_COMMIT);
        });
        crashPoints.pass(LoadStep.AFTER_COMMIT);
        return results;
    }

    private List<TableResult> merge(Connection main, ChangeQueue queue, Set<TableName> first, Set<TableName> arriving)
            throws SQLException {
        Map<TableName, RelationState> states = new Ledger(main, manifest.source()).relations();
        List<Manifest.Table> standing = manifest.tables().stream()
                .filter(table -> !first.contains(table.name()))
                .toList();
        Verdicts verdicts = new Verdicts(states, input.ahead());
        progress.begin(STAGE, standing.size(), Progress.Unit.STEPS);
        verdicts.judge(standing, sessions);
        StandingTables tables = new StandingTables(main, queue, states, input, crashPoints);
        List<TableResult> results = new ArrayList<>();
        for (Manifest.Table table : manifest.tables()) {
            if (first.contains(table.name())) {
                results.add(StandingTables.result(table, new TableMerge.Counts(table.rows(), 0, 0), "load"));
            } else {
                results.add(tables.merge(table, verdicts.of(table.name()), arriving.contains(table.name())));
                progress.advance(STAGE, 1);
            }
            if (arriving.contains(table.name())) {
                queue.everything(table.name());
                tables.goOn(table);
            }
        }
        progress.end(STAGE, Human.count(standing.size(), "table"));
        return results;
    }

    private void sequences(Connection main) throws SQLException {
        for (Manifest.Sequence sequence : manifest.sequences()) {
            String name = new TableName(sequence.schema(), sequence.name()).quoted();
            String state = Statements.single(main, "select last_value || ' ' || is_called from " + name);
            if (!state.equals(sequence.lastValue() + " " + sequence.called())) {
                Statements.single(
                        main,
                        "select pg_catalog.setval('" + name.replace("'", "''") + "', " + sequence.lastValue() + ", "
                                + sequence.called() + ")");
            }
        }
    }
}
