package io.tidemark.receiver.load;

import io.tidemark.database.Database;
import io.tidemark.database.SqlFailures;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

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
}
