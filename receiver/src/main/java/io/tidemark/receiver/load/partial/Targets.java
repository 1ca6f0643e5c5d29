package io.tidemark.receiver.load.partial;

import io.tidemark.bundle.Manifest;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.receiver.chain.SourceState;
import io.tidemark.receiver.load.Ledger;
import io.tidemark.receiver.load.RelationState;
import io.tidemark.receiver.load.SourceLedger;
import io.tidemark.table.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The tables of the replica that a partial's changes go to. */
final class Targets {
    private final Manifest partial;
    private final Map<TableName, RelationState> known = new LinkedHashMap<>();

    Targets(Connection connection, Manifest partial) throws SQLException {
        this.partial = partial;
        Optional<SourceState> state = SourceLedger.read(connection, partial.source());
        Ledger ledger = new Ledger(connection, partial.source());
        for (Manifest.Changes changes : changes(partial)) {
            ledger.relation(changes.table())
                    .filter(relation ->
                            state.isPresent() && relation.arrived(state.get().completeSequence()))
                    .ifPresent(relation -> known.put(changes.table(), relation));
        }
    }

    static List<Manifest.Changes> changes(Manifest partial) {
        return Objects.requireNonNull(partial.partial()).changes();
    }

    /** Empty where no complete has brought the table yet: the one that does brings its changes as well. */
    Optional<RelationState> known(TableName table) {
        return Optional.ofNullable(known.get(table));
    }

    /**
     * How the tables differ that columns have to be added to.
     *
     * @throws TidemarkException (DRIFT) where a table differs otherwise
     */
    Map<Manifest.Changes, Drift> drifts() {
        Map<Manifest.Changes, Drift> drifts = new LinkedHashMap<>();
        List<String> differences = new ArrayList<>();
        for (Manifest.Changes changes : changes(partial)) {
            RelationState relation = known.get(changes.table());
            Drift drift = relation == null ? new Drift(List.of(), List.of()) : Drift.of(changes, relation.shape());
            drift.differences().forEach(each -> differences.add("table " + changes.table() + ": " + each));
            if (!drift.none()) {
                drifts.put(changes, drift);
            }
        }
        if (!differences.isEmpty()) {
            throw new TidemarkException(
                    FailureCode.DRIFT,
                    "the primary's schema has changed: " + String.join("; ", differences),
                    "the next complete brings the schema, and what waits is loaded after it; to have it now: tidemark-sender complete");
        }
        return drifts;
    }
}
