package io.tidemark.receiver.load;

import io.tidemark.database.Database;
import io.tidemark.database.SqlFailures;
import io.tidemark.receiver.chain.SourceState;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Reads the ledger for people, without making one. */
public final class LoadedBundles {
    private LoadedBundles() {}

    /** Every bundle whose data are in the database, oldest first by source. */
    public static List<LedgerEntry> read(Database database) {
        try (Connection connection = database.open("tidemark list")) {
            return Ledger.exists(connection) ? Ledger.bundles(connection) : List.of();
        } catch (SQLException failure) {
            throw SqlFailures.of("reading the ledger in " + database, failure);
        }
    }

    /** Proofs of all loaded bundles, by name. */
    public static Map<String, LoadProof> proofs(Database database) {
        try (Connection connection = database.open("tidemark expire")) {
            return Ledger.exists(connection) ? Ledger.proofs(connection) : Map.of();
        } catch (SQLException failure) {
            throw SqlFailures.of("reading the ledger in " + database, failure);
        }
    }

    /** How far the data of each source are. */
    public static Map<String, SourceState> sources(Database database) {
        try (Connection connection = database.open("tidemark list")) {
            return Ledger.exists(connection) ? SourceLedger.all(connection) : Map.of();
        } catch (SQLException failure) {
            throw SqlFailures.of("reading the ledger in " + database, failure);
        }
    }
}
