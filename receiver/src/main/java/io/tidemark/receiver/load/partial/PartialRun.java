package io.tidemark.receiver.load.partial;

import io.tidemark.bundle.Manifest;
import io.tidemark.crash.CrashPoints;
import io.tidemark.database.SqlFailures;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.position.Lsn;
import io.tidemark.receipt.Receipt.TableResult;
import io.tidemark.receiver.inbox.VerifiedBundle;
import io.tidemark.receiver.load.ChangeQueue;
import io.tidemark.receiver.load.Ledger;
import io.tidemark.receiver.load.LedgerEntry;
import io.tidemark.receiver.load.LoadResult;
import io.tidemark.receiver.load.ResultJson;
import io.tidemark.receiver.load.SourceLedger;
import io.tidemark.receiver.load.Statements;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** One partial on its way into the database. */
final class PartialRun {
    /** How changes came to a table that the replica does not have yet: not. */
    private static final String DEFERRED = "deferred";
    /** Classes of SQLSTATEs that say that the replica does not take the primary's rows: values, constraints, definitions. */
    private static final List<String> UNFIT = List.of("22", "23", "42", "44", "0A", "2B");

    private final Connection connection;
    private final VerifiedBundle bundle;
    private final Manifest manifest;
    private final Manifest.Partial partial;
    private final Clock clock;
    private final CrashPoints crashPoints;

    PartialRun(Connection connection, VerifiedBundle bundle, Clock clock, CrashPoints crashPoints) {
        this.connection = connection;
        this.bundle = bundle;
        this.manifest = bundle.manifest();
        this.partial = Objects.requireNonNull(manifest.partial());
        this.clock = clock;
        this.crashPoints = crashPoints;
    }

    LoadResult run(Instant received) throws SQLException, IOException {
        Ledger ledger = new Ledger(connection, manifest.source());
        Optional<LedgerEntry> same = ledger.bundle(manifest.sequence());
        if (same.isPresent()) {
            return ResultJson.result(same.get());
        }
        Instant started = clock.instant();
        long from = System.nanoTime();
        Targets before = new Targets(connection, manifest);
        for (Map.Entry<Manifest.Changes, Drift> drift : before.drifts().entrySet()) {
            new NewColumns(connection, manifest.source(), drift.getKey())
                    .add(drift.getValue().added());
            crashPoints.pass(ApplyStep.COLUMNS_ADDED);
        }
        List<LoadResult> result = new ArrayList<>();
        transaction(() -> {
            Statements.execute(connection, "SET LOCAL session_replication_role = 'replica'");
            List<TableResult> tables = apply();
            crashPoints.pass(ApplyStep.TABLES_CHANGED);
            Duration took = Duration.ofNanos(System.nanoTime() - from);
            result.add(new LoadResult(started, started.plus(took), took, tables));
            ledger.add(entry(received, result.get(0)));
            SourceLedger.applied(
                    connection, manifest, bundle.manifestSha256(), result.get(0).loaded());
            crashPoints.pass(ApplyStep.BEFORE_PARTIAL_COMMIT);
        });
        crashPoints.pass(ApplyStep.AFTER_PARTIAL_COMMIT);
        return result.get(0);
    }

    /** Work that also reads files. */
    private interface Work {
        void run() throws SQLException, IOException;
    }

    private void transaction(Work work) throws SQLException, IOException {
        try {
            Statements.transaction(connection, () -> {
                try {
                    work.run();
                } catch (IOException failure) {
                    throw new UncheckedIOException(failure);
                }
            });
        } catch (UncheckedIOException failure) {
            throw failure.getCause();
        }
    }

    private List<TableResult> apply() throws SQLException, IOException {
        Targets targets = new Targets(connection, manifest);
        Lsn position =
                SourceLedger.read(connection, manifest.source()).orElseThrow().position();
        ChangeQueue queue = ChangeQueue.begin(connection, manifest);
        List<TableResult> results = new ArrayList<>();
        for (Manifest.Changes changes : partial.changes()) {
            boolean here = targets.known(changes.table()).isPresent();
            Touched touched = here ? apply(changes, position) : Touched.NOTHING;
            results.add(new TableResult(
                    changes.table().schema(),
                    changes.table().name(),
                    changes.rows(),
                    touched.inserted(),
                    touched.updated(),
                    touched.deleted(),
                    here && touched.lost() == 0 && partial.mode() == Manifest.Mode.LOG,
                    here ? partial.mode().name().toLowerCase(Locale.ROOT) : DEFERRED));
            if (here) {
                ChangedKeys.note(connection, queue, bundle.folder(), changes);
                crashPoints.pass(ApplyStep.CHANGES_APPLIED);
            }
        }
        return results;
    }

    private Touched apply(Manifest.Changes changes, Lsn position) throws SQLException, IOException {
        try {
            return new TableChanges(connection, bundle.folder(), changes, position).apply(partial.from());
        } catch (SQLException failure) {
            String state = String.valueOf(failure.getSQLState());
            TidemarkException known =
                    SqlFailures.of("the changes of table " + changes.table() + " cannot be applied", failure);
            if (UNFIT.contains(state.substring(0, Math.min(2, state.length()))) && known.code() == FailureCode.FAILED) {
                throw new TidemarkException(
                        FailureCode.DRIFT,
                        known.text(),
                        "make the replica's table take them, or wait for the next complete, which brings the primary's definition;"
                                + " what waits is loaded after it",
                        failure);
            }
            throw failure;
        }
    }

    private LedgerEntry entry(Instant received, LoadResult result) {
        return new LedgerEntry(
                manifest.source(),
                manifest.sequence(),
                manifest.id().name(),
                manifest.kind().word(),
                bundle.manifestSha256(),
                manifest.position().lsn().toString(),
                manifest.created(),
                received,
                result.started(),
                result.loaded(),
                result.took().toMillis(),
                manifest.entries().stream().mapToLong(Manifest.Entry::size).sum(),
                partial.changes().stream().mapToLong(Manifest.Changes::rows).sum(),
                result.inserted(),
                result.updated(),
                result.deleted(),
                result.equal(),
                ResultJson.write(result.tables()));
    }
}
