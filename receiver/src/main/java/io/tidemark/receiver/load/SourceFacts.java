package io.tidemark.receiver.load;

import io.tidemark.database.Database;
import io.tidemark.database.SqlFailures;
import io.tidemark.receiver.chain.SourceState;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;

/**
 * What the ledger says of a source before its bundles are decided on.
 *
 * @param state empty before the source's first complete
 * @param loaded manifests' SHA-256 by sequence
 * @param lastSequence the highest of a bundle that is loaded; 0 for none
 */
public record SourceFacts(Optional<SourceState> state, Map<Long, String> loaded, long lastSequence) {
    public SourceFacts {
        loaded = Map.copyOf(loaded);
    }

    /** @param first the lowest sequence that is asked about; {@code loaded} also tells of those after the last applied partial */
    public static SourceFacts read(Database database, String source, long first) {
        try (Connection connection = database.open("tidemark load")) {
            if (!Ledger.exists(connection)) {
                return new SourceFacts(Optional.empty(), Map.of(), 0);
            }
            Optional<SourceState> state = SourceLedger.read(connection, source);
            long from = Math.min(first, state.map(SourceState::partialSequence).orElse(first));
            long last = new Ledger(connection, source)
                    .last()
                    .map(LedgerEntry::sequence)
                    .orElse(0L);
            return new SourceFacts(state, SourceLedger.loaded(connection, source, from), last);
        } catch (SQLException failure) {
            throw SqlFailures.of("reading the ledger", failure);
        }
    }
}
