package io.tidemark.receiver.load;

import io.tidemark.bundle.Manifest;
import io.tidemark.crash.CrashPoints;
import io.tidemark.database.Catalogue;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.receipt.Receipt.TableResult;
import io.tidemark.receiver.load.LaterPartials.Shield;
import io.tidemark.table.TableDigest;
import io.tidemark.table.TableName;
import io.tidemark.table.TableShape;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;

/** Brings tables that the replica has to a complete's rows, one after the other within the merge's transaction, and notes in the ledger how they stand. */
final class StandingTables {
    private final Connection main;
    private final ChangeQueue queue;
    private final Ledger ledger;
    private final Map<TableName, RelationState> states;
    private final Catalogue catalogue;
    private final MergeInput input;
    private final CrashPoints crashPoints;

    /** @param states as the ledger has them when the merge begins */
    StandingTables(
            Connection main,
            ChangeQueue queue,
            Map<TableName, RelationState> states,
            MergeInput input,
            CrashPoints crashPoints)
            throws SQLException {
        this.main = main;
        this.queue = queue;
        this.ledger = new Ledger(main, input.manifest().source());
        this.states = states;
        this.catalogue = ReplicaTables.catalogue(main, input.manifest());
        this.input = input;
        this.crashPoints = crashPoints;
    }

    /** @param arrives whether no complete has brought the table before */
    TableResult merge(Manifest.Table table, Verdicts.Verdict verdict, boolean arrives) throws SQLException {
        if (verdict.kind() == Verdicts.Kind.EQUAL) {
            ledger.put(proven(table, verdict.writers()));
            return result(table, new TableMerge.Counts(0, 0, 0), "digest");
        }
        Shield shield = arrives ? Shield.NONE : shield(table);
        if (shield.all()) {
            ledger.put(unproven(table, RowWriters.read(main, table.name()).rows()));
            return result(table, new TableMerge.Counts(0, 0, 0), "partials");
        }
        if (verdict.kind() == Verdicts.Kind.WAS_EQUAL && !shield.none()) {
            Statements.execute(main, "DROP TABLE " + shield.table());
            ledger.put(unproven(table, verdict.writers().rows()));
            return result(table, new TableMerge.Counts(0, 0, 0), "partials");
        }
        TableShape actual = ReplicaTables.actual(catalogue, table.name());
        RelationState state = states.get(table.name());
        boolean asProven = verdict.kind() == Verdicts.Kind.AS_PROVEN && shield.none();
        Optional<EarlierComplete.Difference> difference =
                asProven && state != null ? input.difference(table, state) : Optional.empty();
        TableMerge.Counts counts = counts(table, actual, difference, shield);
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
            Manifest.Table table, TableShape actual, Optional<EarlierComplete.Difference> difference, Shield shield)
            throws SQLException {
        RowStaging staging = RowStaging.forOne(main, new TableCopy(input.store()));
        try {
            StagedRows rows = staged(staging, table, difference);
            TableMerge.Counts counts = new TableMerge(main, queue).staged(table.shape(), actual, rows, shield);
            staging.drop(rows);
            return counts;
        } catch (IOException failure) {
            throw LoadFailures.io("merging table " + table.name(), failure);
        }
    }

    private StagedRows staged(RowStaging staging, Manifest.Table table, Optional<EarlierComplete.Difference> difference)
            throws SQLException, IOException {
        if (difference.isPresent()) {
            Optional<StagedRows> rows = input.ahead().rows(table.name(), false);
            if (rows.isEmpty()) {
                rows = staging.difference(table, difference.get());
            }
            if (rows.isPresent()) {
                return rows.get();
            }
        }
        Optional<StagedRows> whole = input.ahead().rows(table.name(), true);
        return whole.isPresent() ? whole.get() : staging.whole(table, input.blobs(table));
    }

    private Shield shield(Manifest.Table table) throws SQLException {
        try {
            return input.later().shield(main, table.name());
        } catch (IOException failure) {
            throw LoadFailures.io("reading what later partials did to table " + table.name(), failure);
        }
    }

    /** A table that arrives with this complete was left out by the partials that are loaded already. */
    void goOn(Manifest.Table table) throws SQLException {
        try {
            if (input.later().apply(main, table.name())) {
                long rows = RowWriters.read(main, table.name()).rows();
                ledger.put(unproven(table, rows));
            }
        } catch (IOException failure) {
            throw LoadFailures.io("applying what later partials hold for table " + table.name(), failure);
        }
    }

    /** Beyond the complete's position: its digest says nothing of the rows. */
    private RelationState unproven(Manifest.Table table, long rows) {
        return new RelationState(
                table.name(),
                true,
                input.manifest().sequence(),
                rows,
                TableDigest.EMPTY,
                table.format(),
                table.shape(),
                "");
    }

    private RelationState proven(Manifest.Table table, RowWriters writers) {
        return new RelationState(
                table.name(),
                true,
                input.manifest().sequence(),
                table.rows(),
                table.digest(),
                table.format(),
                table.shape(),
                writers.writers());
    }

    static TableResult result(Manifest.Table table, TableMerge.Counts counts, String proof) {
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
