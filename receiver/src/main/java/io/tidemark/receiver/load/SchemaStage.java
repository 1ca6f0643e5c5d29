package io.tidemark.receiver.load;

import io.tidemark.bundle.Manifest;
import io.tidemark.database.Catalogue;
import io.tidemark.receiver.load.Definition.Section;
import io.tidemark.table.TableName;
import io.tidemark.table.TableShape;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Brings the replica's definitions to those of a complete, in the part that has to come before the rows. */
final class SchemaStage {
    private static final Set<String> ROUTINES = Set.of("FUNCTION", "PROCEDURE", "AGGREGATE");

    private final Connection connection;
    private final Manifest manifest;
    private final DefinitionWriter writer;
    private final DefinitionPlan plan;

    SchemaStage(Connection connection, Manifest manifest, DefinitionWriter writer, DefinitionPlan plan) {
        this.connection = connection;
        this.manifest = manifest;
        this.writer = writer;
        this.plan = plan;
    }

    /** Everything of the first section at once: nobody reads yet. */
    void makeAll(ReplicaTables tables) throws SQLException {
        Statements.transaction(connection, () -> {
            for (Definition definition : plan.added(Section.PRE_DATA)) {
                writer.create(connection, definition);
            }
            enter(tables);
        });
    }

    /** Drops, changes and additions one after another, each in a short transaction of its own. */
    void converge(ReplicaTables tables, Map<TableName, TableChange> changes) throws SQLException {
        ShortTransaction brief = new ShortTransaction(connection);
        for (Definition gone : plan.gone()) {
            brief.run(() -> drop(gone));
        }
        for (Map.Entry<TableName, TableChange> change : changes.entrySet()) {
            for (String statement : change.getValue().before()) {
                brief.run(() -> Statements.execute(connection, statement));
            }
        }
        for (Map.Entry<Definition, Definition> changed : plan.changed().entrySet()) {
            if (changed.getValue().section() == Section.PRE_DATA) {
                brief.run(() -> replace(changed.getKey(), changed.getValue()));
            }
        }
        brief.run(() -> {
            for (Definition definition : plan.added(Section.PRE_DATA)) {
                writer.create(connection, definition);
            }
            enter(tables);
        });
    }

    private void drop(Definition gone) throws SQLException {
        writer.drop(connection, gone);
        if (gone.entry().type().equals("TABLE")) {
            new Ledger(connection, manifest.source())
                    .remove(new TableName(gone.entry().schema(), gone.entry().name()));
        }
    }

    /** A routine whose result changed cannot be replaced in place. */
    private void replace(Definition old, Definition wanted) throws SQLException {
        if (!ROUTINES.contains(wanted.entry().type()) && !wanted.entry().type().equals("VIEW")) {
            writer.replace(connection, old, wanted);
            return;
        }
        var before = connection.setSavepoint();
        try {
            writer.replace(connection, old, wanted);
        } catch (io.tidemark.failure.TidemarkException cannotInPlace) {
            connection.rollback(before);
            writer.drop(connection, old);
            writer.create(connection, wanted);
        }
    }

    private void enter(ReplicaTables tables) throws SQLException {
        Ledger ledger = new Ledger(connection, manifest.source());
        for (Manifest.Table table : tables.missing()) {
            ledger.put(ReplicaTables.fresh(table, false, table.shape()));
        }
        TableShape none;
        for (Manifest.Table table : tables.adopted()) {
            none = new TableShape(table.name(), List.of(), List.of(), List.of());
            ledger.put(ReplicaTables.fresh(table, true, none));
        }
    }

    /** What every replicated table that is there needs to look like the primary's. */
    static Map<TableName, TableChange> changes(
            Manifest manifest, Map<TableName, RelationState> known, ReplicaTables tables, Catalogue catalogue) {
        Map<TableName, TableChange> changes = new java.util.TreeMap<>();
        for (Manifest.Table table : manifest.tables()) {
            TableShape previous = null;
            if (known.containsKey(table.name())) {
                previous = known.get(table.name()).shape();
            } else if (tables.adopted().contains(table)) {
                previous = new TableShape(table.name(), List.of(), List.of(), List.of());
            }
            if (previous != null) {
                TableChange change =
                        TableChange.of(table.shape(), previous, ReplicaTables.actual(catalogue, table.name()));
                if (!change.empty()) {
                    changes.put(table.name(), change);
                }
            }
        }
        return changes;
    }

    /** The tables of {@code names} in a list, for messages. */
    static String names(List<Manifest.Table> tables) {
        List<String> names = new ArrayList<>();
        tables.forEach(table -> names.add(table.name().toString()));
        return String.join(", ", names);
    }
}
