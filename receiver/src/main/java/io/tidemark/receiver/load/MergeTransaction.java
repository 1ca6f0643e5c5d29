package io.tidemark.receiver.load;

import io.tidemark.blob.BlobStore;
import io.tidemark.bundle.Manifest;
import io.tidemark.crash.CrashPoints;
import io.tidemark.database.Catalogue;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.progress.Progress;
import io.tidemark.receipt.Receipt.TableResult;
import io.tidemark.receiver.load.LaterPartials.Shield;
import io.tidemark.table.TableDigest;
import io.tidemark.table.TableName;
import io.tidemark.table.TableShape;
import io.tidemark.text.Human;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private final PartIndex parts;
    private final BlobStore store;
    private final Optional<EarlierComplete> earlier;
    private final LaterPartials later;
    private final Progress progress;
    private final CrashPoints crashPoints;

    MergeTransaction(
            LoadSessions sessions,
            Manifest manifest,
            PartIndex parts,
            BlobStore store,
            Optional<EarlierComplete> earlier,
            LaterPartials later,
            Progress progress,
            CrashPoints crashPoints) {
        this.sessions = sessions;
        this.manifest = manifest;
        this.parts = parts;
        this.store = store;
        this.earlier = earlier;
        this.later = later;
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
        main.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        try {
            List<TableResult> results = new ArrayList<>();
            Statements.transaction(main, () -> {
                Statements.execute(main, "SET LOCAL session_replication_role = 'replica'");
                results.addAll(merge(main, ChangeQueue.begin(main, manifest), first, arriving));
                crashPoints.pass(LoadStep.MERGE_WRITTEN);
                sequences(main);
                sealing.seal(main, results);
                crashPoints.pass(LoadStep.BEFORE_COMMIT);
            });
            crashPoints.pass(LoadStep.AFTER_COMMIT);
            return results;
        } finally {
            if (!main.isClosed()) {
                main.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            }
        }
    }

    private List<TableResult> merge(Connection main, ChangeQueue queue, Set<TableName> first, Set<TableName> arriving)
            throws SQLException {
        Map<TableName, RelationState> states = new Ledger(main, manifest.source()).relations();
        List<Manifest.Table> standing = manifest.tables().stream()
                .filter(table -> !first.contains(table.name()))
                .toList();
        Verdicts verdicts = new Verdicts(states);
        progress.begin(STAGE, standing.size(), Progress.Unit.STEPS);
        verdicts.judge(standing, Statements.single(main, "select pg_catalog.pg_export_snapshot()"), sessions.workers());
        Catalogue catalogue = Catalogue.read(main);
        List<TableResult> results = new ArrayList<>();
        for (Manifest.Table table : manifest.tables()) {
            if (first.contains(table.name())) {
                results.add(result(table, new TableMerge.Counts(table.rows(), 0, 0), "load"));
            } else {
                boolean arrives = arriving.contains(table.name());
                results.add(one(
                        main, queue, table, verdicts.of(table.name()), states.get(table.name()), catalogue, arrives));
                progress.advance(STAGE, 1);
            }
            if (arriving.contains(table.name())) {
                queue.everything(table.name());
                goOn(main, table);
            }
        }
        progress.end(STAGE, Human.count(standing.size(), "table"));
        return results;
    }

    private TableResult one(
            Connection main,
            ChangeQueue queue,
            Manifest.Table table,
            Verdicts.Verdict verdict,
            @org.jspecify.annotations.Nullable RelationState state,
            Catalogue catalogue,
            boolean arrives)
            throws SQLException {
        Ledger ledger = new Ledger(main, manifest.source());
        if (verdict.kind() == Verdicts.Kind.EQUAL) {
            ledger.put(proven(table, verdict.writers()));
            return result(table, new TableMerge.Counts(0, 0, 0), "digest");
        }
        Shield shield = arrives ? Shield.NONE : shield(main, table);
        if (shield.all()) {
            ledger.put(unproven(table, RowWriters.read(main, table.name()).rows()));
            return result(table, new TableMerge.Counts(0, 0, 0), "partials");
        }
        TableMerge merge = new TableMerge(main, new TableCopy(store), queue);
        TableShape actual = ReplicaTables.actual(catalogue, table.name());
        boolean asProven = verdict.kind() == Verdicts.Kind.AS_PROVEN && shield.none();
        Optional<EarlierComplete.Difference> difference = asProven && state != null
                ? earlier.flatMap(old -> old.difference(table, manifest, parts, state, store))
                : Optional.empty();
        TableMerge.Counts counts = counts(merge, table, actual, difference, shield);
        crashPoints.pass(LoadStep.MERGE_STAGED);
        RowWriters after = RowWriters.read(main, table.name());
        if (!shield.none()) {
            Statements.execute(main, "DROP TABLE " + shield.table());
            ledger.put(unproven(table, after.rows()));
            return result(table, counts, "merge");
        }
        if (after.rows() != table.rows()) {
            throw new TidemarkException(
                    FailureCode.FAILED,
                    "table " + table.name() + " holds " + after.rows() + " rows after its merge, not " + table.rows(),
                    "nothing was committed; this is a fault of Tidemark, please report it with the bundle's manifest");
        }
        ledger.put(proven(table, after));
        return result(table, counts, "merge");
    }

    private TableMerge.Counts counts(
            TableMerge merge,
            Manifest.Table table,
            TableShape actual,
            Optional<EarlierComplete.Difference> difference,
            Shield shield)
            throws SQLException {
        try {
            if (difference.isPresent()) {
                Optional<TableMerge.Counts> counts = merge.difference(
                        table,
                        actual,
                        difference.get().fresh(),
                        difference.get().stale());
                if (counts.isPresent()) {
                    return counts.get();
                }
            }
            return merge.whole(table, actual, parts.blobs(manifest.tables().indexOf(table)), shield);
        } catch (IOException failure) {
            throw LoadFailures.io("merging table " + table.name(), failure);
        }
    }

    private Shield shield(Connection main, Manifest.Table table) throws SQLException {
        try {
            return later.shield(main, table.name());
        } catch (IOException failure) {
            throw LoadFailures.io("reading what later partials did to table " + table.name(), failure);
        }
    }

    /** A table that arrives with this complete was left out by the partials that are loaded already. */
    private void goOn(Connection main, Manifest.Table table) throws SQLException {
        try {
            if (later.apply(main, table.name())) {
                long rows = RowWriters.read(main, table.name()).rows();
                new Ledger(main, manifest.source()).put(unproven(table, rows));
            }
        } catch (IOException failure) {
            throw LoadFailures.io("applying what later partials hold for table " + table.name(), failure);
        }
    }

    /** Beyond the complete's position: its digest says nothing of the rows. */
    private RelationState unproven(Manifest.Table table, long rows) {
        return new RelationState(
                table.name(), true, manifest.sequence(), rows, TableDigest.EMPTY, table.format(), table.shape(), "");
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

    private RelationState proven(Manifest.Table table, RowWriters writers) {
        return new RelationState(
                table.name(),
                true,
                manifest.sequence(),
                table.rows(),
                table.digest(),
                table.format(),
                table.shape(),
                writers.writers());
    }

    private static TableResult result(Manifest.Table table, TableMerge.Counts counts, String proof) {
        return new TableResult(
                table.name().schema(),
                table.name().name(),
                table.rows(),
                counts.inserted(),
                counts.updated(),
                counts.deleted(),
                true,
                proof);
    }
}
