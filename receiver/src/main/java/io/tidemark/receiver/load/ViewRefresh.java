package io.tidemark.receiver.load;

import io.tidemark.bundle.Manifest;
import io.tidemark.database.SqlResource;
import io.tidemark.progress.Progress;
import io.tidemark.table.TableName;
import io.tidemark.text.Human;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the replicated materialised views up to date: CONCURRENTLY, which blocks no reader, where the view has a unique index; else by a
 * plain refresh, during which its readers wait.
 */
final class ViewRefresh {
    private static final Logger LOG = LoggerFactory.getLogger(ViewRefresh.class);

    private final Connection connection;
    private final Manifest manifest;
    private final Progress progress;

    ViewRefresh(Connection connection, Manifest manifest, Progress progress) {
        this.connection = connection;
        this.manifest = manifest;
        this.progress = progress;
    }

    /** @param plan of which the views made just now are fresh already */
    void run(DefinitionPlan plan) throws SQLException {
        Map<TableName, Boolean> views = views();
        plan.added().stream()
                .filter(definition -> definition.entry().type().equals("MATERIALIZED VIEW DATA"))
                .forEach(definition -> views.remove(new TableName(
                        definition.entry().schema(), definition.entry().name())));
        if (views.isEmpty()) {
            return;
        }
        progress.begin("views", views.size(), Progress.Unit.STEPS);
        for (Map.Entry<TableName, Boolean> view : views.entrySet()) {
            boolean concurrently = view.getValue();
            if (!concurrently) {
                LOG.info(
                        "materialised view {} has no unique index: its readers wait while it is refreshed"
                                + " (hint: give it one on the primary)",
                        view.getKey());
            }
            String refresh = "REFRESH MATERIALIZED VIEW " + (concurrently ? "CONCURRENTLY " : "")
                    + view.getKey().quoted();
            new ShortTransaction(connection).run(() -> Statements.execute(connection, refresh));
            progress.advance("views", 1);
        }
        progress.end("views", Human.count(views.size(), "materialised view"));
    }

    /** Populated views that came with a bundle, in the order in which they build upon each other; whether each has a usable unique index. */
    private Map<TableName, Boolean> views() throws SQLException {
        Map<TableName, Boolean> views = new LinkedHashMap<>();
        try (PreparedStatement select =
                connection.prepareStatement(SqlResource.read(ViewRefresh.class, "materialised-views.sql"))) {
            select.setString(1, manifest.source());
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    views.put(new TableName(row.getString("schema"), row.getString("name")), row.getBoolean("has_key"));
                }
            }
        }
        return views;
    }
}
