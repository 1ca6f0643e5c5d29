package io.tidemark.receiver.load;

import io.tidemark.bundle.Manifest;
import io.tidemark.database.Catalogue;
import io.tidemark.database.TableInfo;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.table.TableDigest;
import io.tidemark.table.TableName;
import io.tidemark.table.TableShape;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** How a complete's tables stand in the replica before it is loaded; decided once, from the ledger and the catalogue. */
record ReplicaTables(List<Manifest.Table> adopted, List<Manifest.Table> missing) {
    /** Rows below which a table may shrink as it likes. */
    static final long GUARDED_ROWS = 1000;

    static ReplicaTables none() {
        return new ReplicaTables(List.of(), List.of());
    }

    /** Nothing is asked of other tables, so that no analyst is waited for who holds one of his own for himself. */
    static Catalogue catalogue(Connection connection, Manifest manifest) throws SQLException {
        return Catalogue.read(
                connection,
                Catalogue.Choice.of(
                        manifest.tables().stream().map(Manifest.Table::name).collect(Collectors.toSet())));
    }

    /**
     * @param adopt tables that Tidemark may take over although it did not load them
     * @throws TidemarkException (NOT_ADOPTED) where others of the same name are there
     */
    static ReplicaTables of(
            Manifest manifest, Map<TableName, RelationState> known, Catalogue catalogue, Predicate<TableName> adopt) {
        List<Manifest.Table> adopted = new ArrayList<>();
        List<Manifest.Table> missing = new ArrayList<>();
        List<String> foreign = new ArrayList<>();
        for (Manifest.Table table : manifest.tables()) {
            if (known.containsKey(table.name())) {
                continue;
            }
            if (catalogue.table(table.name()).isEmpty()) {
                missing.add(table);
            } else if (adopt.test(table.name())) {
                adopted.add(table);
            } else {
                foreign.add(table.name().toString());
            }
        }
        if (!foreign.isEmpty()) {
            throw new TidemarkException(
                    FailureCode.NOT_ADOPTED,
                    "the replica holds tables that Tidemark did not load: " + String.join(", ", foreign),
                    "point database.url to an empty database, or name them in load.adopt to have them made equal to the primary");
        }
        return new ReplicaTables(adopted, missing);
    }

    /**
     * The tables that would lose more rows than the guard allows.
     *
     * @param known with the rows that they have
     */
    static List<RelationState> shrinking(Manifest manifest, Collection<RelationState> known, double keep) {
        List<RelationState> shrinking = new ArrayList<>();
        for (RelationState state : known) {
            if (state.loaded() && state.rows() >= GUARDED_ROWS && rows(manifest, state.table()) < state.rows() * keep) {
                shrinking.add(state);
            }
        }
        return shrinking;
    }

    /** For messages. */
    static String shrinkage(Manifest manifest, RelationState state) {
        return state.table() + " (" + state.rows() + " → " + rows(manifest, state.table()) + " rows)";
    }

    private static long rows(Manifest manifest, TableName name) {
        return manifest.tables().stream()
                .filter(table -> table.name().equals(name))
                .mapToLong(Manifest.Table::rows)
                .findFirst()
                .orElse(0);
    }

    /** What the ledger says of a table before its first rows are there. */
    static RelationState fresh(Manifest.Table table, boolean loaded, TableShape shape) {
        return new RelationState(table.name(), loaded, 0, 0, TableDigest.EMPTY, table.format(), shape, "");
    }

    /** The table as it is in the replica. */
    static TableShape actual(Catalogue catalogue, TableName table) {
        return catalogue
                .table(table)
                .map(TableInfo::shape)
                .orElseThrow(
                        () -> new TidemarkException(
                                FailureCode.DRIFT,
                                "table " + table + " is missing in the replica",
                                "it was dropped or renamed by hand; drop schema tidemark and the replicated tables to load from the start"));
    }
}
