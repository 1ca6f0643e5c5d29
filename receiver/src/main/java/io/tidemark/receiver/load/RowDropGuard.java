package io.tidemark.receiver.load;

import io.tidemark.bundle.Manifest;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.table.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Keeps a complete out that would remove most rows of a table. */
record RowDropGuard(LoadOptions options) {
    /**
     * Rows are counted only where the last proof makes it look bad: partials may have deleted them since.
     *
     * @throws TidemarkException (ROW_DROP) where it would, and that is not accepted
     */
    void check(Manifest manifest, Connection connection, Ledger ledger) throws SQLException {
        if (options.acceptRowDrop()) {
            return;
        }
        List<RelationState> counted = new ArrayList<>();
        for (RelationState state :
                ReplicaTables.shrinking(manifest, ledger.relations().values(), options.rowDrop())) {
            counted.add(
                    isThere(connection, state.table())
                            ? state.withRows(
                                    RowWriters.read(connection, state.table()).rows())
                            : state);
        }
        List<String> shrinking = ReplicaTables.shrinking(manifest, counted, options.rowDrop()).stream()
                .map(state -> ReplicaTables.shrinkage(manifest, state))
                .toList();
        if (!shrinking.isEmpty()) {
            throw new TidemarkException(
                    FailureCode.ROW_DROP,
                    "bundle " + manifest.id() + " would remove most rows of " + String.join(", ", shrinking),
                    "if that is what happened on the primary: tidemark-receiver load --accept-row-drop");
        }
    }

    private static boolean isThere(Connection connection, TableName table) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select pg_catalog.to_regclass(?) is not null")) {
            select.setString(1, table.quoted());
            try (ResultSet row = select.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }
}
