package io.tidemark.receiver.load;

import io.tidemark.database.SqlResource;
import io.tidemark.ddl.DdlEntry;
import io.tidemark.table.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * PostgreSQL changes no column's type and drops no column while a view stands on it. The replicated views that stand on such tables step
 * aside and come back in the same transaction. A view of the receiver's own is never dropped: the change is held instead.
 */
final class ViewsAside {
    private ViewsAside() {}

    /** The plan with those views, and what belongs to them, dropped and made anew. */
    static DefinitionPlan plan(
            Connection connection,
            Map<Definition.Key, Definition> carriedOut,
            List<Definition> wanted,
            Map<TableName, TableChange> changes)
            throws SQLException {
        Set<TableName> views = new HashSet<>();
        for (Map.Entry<TableName, TableChange> change : changes.entrySet()) {
            if (change.getValue().disturbsViews()) {
                views.addAll(standingOn(connection, change.getKey()));
            }
        }
        Map<Definition.Key, Definition> rest = new LinkedHashMap<>();
        List<Definition> aside = new ArrayList<>();
        carriedOut.forEach((key, definition) -> {
            if (belongsTo(definition.entry(), views)) {
                aside.add(0, definition);
            } else {
                rest.put(key, definition);
            }
        });
        DefinitionPlan plan = DefinitionPlan.of(rest, wanted);
        aside.addAll(plan.gone());
        return new DefinitionPlan(aside, plan.changed(), plan.added());
    }

    private static boolean belongsTo(DdlEntry entry, Set<TableName> views) {
        return views.stream().anyMatch(view -> {
            if (!entry.schema().equals(view.schema())) {
                return false;
            }
            boolean itself = entry.type().contains("VIEW") && entry.name().equals(view.name());
            boolean onIt = DefinitionTarget.table(entry).map(view::equals).orElse(false);
            boolean about = (entry.type().equals("COMMENT") || entry.type().equals("ACL"))
                    && (entry.name().endsWith("VIEW " + view.name())
                            || entry.name().equals("TABLE " + view.name())
                            || entry.name().startsWith("COLUMN " + view.name() + "."));
            return itself || onIt || about;
        });
    }

    private static Set<TableName> standingOn(Connection connection, TableName table) throws SQLException {
        Set<TableName> views = new HashSet<>();
        try (PreparedStatement select =
                connection.prepareStatement(SqlResource.read(ViewsAside.class, "dependent-views.sql"))) {
            select.setString(1, table.quoted());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    views.add(new TableName(rows.getString("schema"), rows.getString("name")));
                }
            }
        }
        return views;
    }
}
