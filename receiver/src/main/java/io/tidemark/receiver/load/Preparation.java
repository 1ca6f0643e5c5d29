package io.tidemark.receiver.load;

import io.tidemark.bundle.Manifest;
import io.tidemark.database.Catalogue;
import io.tidemark.table.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What has to be done to the replica's definitions before a complete's rows come.
 *
 * @param tables how the complete's tables stand in the replica
 * @param changes of tables that stay
 */
record Preparation(SchemaStage stage, DefinitionPlan plan, ReplicaTables tables, Map<TableName, TableChange> changes) {
    /** @param wanted definitions of the complete */
    static Preparation of(
            Connection main,
            Manifest manifest,
            Map<Definition.Key, Definition> carriedOut,
            DefinitionWriter writer,
            List<Definition> wanted,
            Map<TableName, RelationState> known,
            LoadOptions options)
            throws SQLException {
        Catalogue catalogue = ReplicaTables.catalogue(main, manifest);
        ReplicaTables tables = ReplicaTables.of(manifest, known, catalogue, options.adopt());
        Set<TableName> leaving = Inheritance.leaving(DefinitionPlan.of(carriedOut, wanted));
        Map<TableName, TableChange> changes = SchemaStage.changes(manifest, known, tables, catalogue, leaving);
        DefinitionPlan plan = ViewsAside.plan(main, carriedOut, wanted, changes);
        SchemaStage stage = new SchemaStage(main, manifest, writer, plan, !carriedOut.isEmpty());
        return new Preparation(stage, plan, tables, changes);
    }

    /** Whether all that is there stays as it is. */
    boolean onlyAdds() {
        return plan.gone().isEmpty()
                && plan.changed().isEmpty()
                && changes.isEmpty()
                && tables.adopted().isEmpty();
    }

    void carryOut() throws SQLException {
        if (onlyAdds()) {
            stage.makeAll(tables);
        } else {
            stage.converge(tables, changes);
        }
    }
}
