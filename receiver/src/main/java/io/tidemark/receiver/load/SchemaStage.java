package io.tidemark.receiver.load;

import io.tidemark.bundle.Manifest;
import io.tidemark.database.Catalogue;
import io.tidemark.failure.TidemarkException;
import io.tidemark.receiver.load.Definition.Section;
import io.tidemark.table.TableName;
import io.tidemark.table.TableShape;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Brings the replica's definitions to those of a complete, in the part that has to come before the rows. */
final class SchemaStage {
    private static final Set<String> ROUTINES = Set.of("FUNCTION", "PROCEDURE", "AGGREGATE");

    private static final int STEP = 100;

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

    /**
     * Makes what is wanted and not there, where nothing has to go or change. In steps, since each definition holds locks until its
     * transaction ends and a server has room for a few thousand; the tables are entered first, so that after a kill they are known as ours.
     */
    void makeAll(ReplicaTables tables) throws SQLException {
        Statements.transaction(connection, () -> enter(tables));
        List<Definition> added = plan.added(Section.PRE_DATA);
        for (int from = 0; from < added.size(); from += STEP) {
            List<Definition> step = added.subList(from, Math.min(added.size(), from + STEP));
            Statements.transaction(connection, () -> {
                for (Definition definition : step) {
                    writer.create(connection, definition);
                }
            });
        }
    }

    /**
     * Drops, changes and additions in one short transaction, so that no reader meets a schema in between. Labels of enums come before,
     * since PostgreSQL lets nobody use one in the transaction that adds it.
     */
    void converge(ReplicaTables tables, Map<TableName, TableChange> changes) throws SQLException {
        ShortTransaction brief = new ShortTransaction(connection);
        for (Map.Entry<Definition, Definition> changed : plan.changed().entrySet()) {
            if (isType(changed.getValue())) {
                brief.run(() -> writer.replace(connection, changed.getKey(), changed.getValue()));
            }
        }
        brief.run(() -> {
            for (Definition gone : plan.gone()) {
                drop(gone);
            }
            for (Map.Entry<TableName, TableChange> change : changes.entrySet()) {
                for (String statement : change.getValue().before()) {
                    writer.change(connection, "table " + change.getKey(), statement);
                }
                noteShape(change.getKey());
            }
            for (Map.Entry<Definition, Definition> changed : plan.changed().entrySet()) {
                if (changed.getValue().section() == Section.PRE_DATA && !isType(changed.getValue())) {
                    replace(changed.getKey(), changed.getValue());
                }
            }
            for (Definition definition : plan.added(Section.PRE_DATA)) {
                writer.create(connection, definition);
            }
            enter(tables);
        });
    }

    /** The new columns are the primary's from here on, whatever happens before the rows are merged. */
    private void noteShape(TableName table) throws SQLException {
        Ledger ledger = new Ledger(connection, manifest.source());
        RelationState state = ledger.relations().get(table);
        if (state != null) {
            for (Manifest.Table wanted : manifest.tables()) {
                if (wanted.name().equals(table)) {
                    ledger.put(state.withShape(wanted.shape()));
                }
            }
        }
    }

    private static boolean isType(Definition definition) {
        return definition.entry().type().equals("TYPE");
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
        Savepoint before = connection.setSavepoint();
        try {
            writer.replace(connection, old, wanted);
        } catch (TidemarkException cannotInPlace) {
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
        for (Manifest.Table table : tables.adopted()) {
            TableShape none = new TableShape(table.name(), List.of(), List.of(), List.of());
            ledger.put(ReplicaTables.fresh(table, true, none));
        }
    }

    /** What every replicated table that is there needs to look like the primary's. */
    static Map<TableName, TableChange> changes(
            Manifest manifest, Map<TableName, RelationState> known, ReplicaTables tables, Catalogue catalogue) {
        Map<TableName, TableChange> changes = new TreeMap<>();
        for (Manifest.Table table : manifest.tables()) {
            TableShape previous = null;
            RelationState state = known.get(table.name());
            if (state != null
                    && (state.loaded() || catalogue.table(table.name()).isPresent())) {
                previous = state.shape();
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
}
