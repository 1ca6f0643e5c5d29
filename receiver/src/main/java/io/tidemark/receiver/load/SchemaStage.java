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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the replica's definitions to those of a complete, in the part that has to come before the rows. */
final class SchemaStage {
    private static final Logger LOG = LoggerFactory.getLogger(SchemaStage.class);
    private static final Set<String> ROUTINES = Set.of("FUNCTION", "PROCEDURE", "AGGREGATE");

    private static final int STEP = 100;

    private final Connection connection;
    private final Manifest manifest;
    private final DefinitionWriter writer;
    private final DefinitionPlan plan;
    private final boolean later;

    /** @param later whether definitions of an earlier complete are there */
    SchemaStage(Connection connection, Manifest manifest, DefinitionWriter writer, DefinitionPlan plan, boolean later) {
        this.connection = connection;
        this.manifest = manifest;
        this.writer = writer;
        this.plan = plan;
        this.later = later;
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
                    make(definition);
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
            for (Map.Entry<Definition, Definition> changed : plan.changed().entrySet()) {
                leave(changed.getKey(), changed.getValue());
            }
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
                make(definition);
            }
            for (Map.Entry<Definition, Definition> changed : plan.changed().entrySet()) {
                for (String statement : Inheritance.begun(changed.getKey(), changed.getValue())) {
                    writer.change(connection, changed.getValue().entry().label(), statement);
                }
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

    /** A partition that rows stand against comes under its table after they are merged, see {@link LoadRun#finish}. */
    private void make(Definition definition) throws SQLException {
        if (!isAttach(definition)) {
            writer.create(connection, definition);
            return;
        }
        if (later) {
            makeIndexes(new TableName(
                    definition.entry().schema(), definition.entry().name()));
        }
        if (!writer.attach(connection, definition)) {
            LOG.info("{} has to wait for its rows", definition.entry().label());
        }
    }

    /** PostgreSQL gives a partition those indexes of its table that it lacks, under names of its own: so it must not lack them. */
    private void makeIndexes(TableName partition) throws SQLException {
        for (Definition index : PostData.built(plan.added(Section.POST_DATA))) {
            if (DefinitionTarget.table(index.entry()).equals(Optional.of(partition))) {
                writer.create(connection, index);
            }
        }
    }

    static boolean isAttach(Definition definition) {
        return definition.entry().type().equals("TABLE ATTACH");
    }

    private static boolean isType(Definition definition) {
        return definition.entry().type().equals("TYPE");
    }

    /** Takes a table from under the others that it is not under any more, or otherwise. */
    private void leave(Definition old, Definition wanted) throws SQLException {
        if (isAttach(old)) {
            writer.drop(connection, old);
        }
        for (String statement : Inheritance.ended(old, wanted)) {
            writer.change(connection, wanted.entry().label(), statement);
        }
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
        if (isAttach(wanted)) {
            make(wanted);
            return;
        }
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

    /**
     * What every replicated table that is there needs to look like the primary's.
     *
     * @param leaving tables that will not inherit any more from what they inherit from now
     */
    static Map<TableName, TableChange> changes(
            Manifest manifest,
            Map<TableName, RelationState> known,
            ReplicaTables tables,
            Catalogue catalogue,
            Set<TableName> leaving) {
        Map<TableName, TableChange> changes = new TreeMap<>();
        Map<TableName, TableShape> members = new HashMap<>();
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
                members.put(table.name(), table.shape());
                TableChange change =
                        TableChange.of(table.shape(), previous, ReplicaTables.actual(catalogue, table.name()));
                if (!change.empty()) {
                    changes.put(table.name(), change);
                }
            }
        }
        return FamilyChanges.of(Families.of(catalogue, members.keySet(), leaving), changes, members);
    }
}
