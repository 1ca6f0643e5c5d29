package io.tidemark.receiver.load;

import io.tidemark.bundle.Manifest;
import io.tidemark.receipt.Receipt.TableResult;
import io.tidemark.table.TableName;
import java.sql.Connection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tells the planner of tables that were filled, or changed in large part, a moment ago. */
final class TableStatistics {
    private TableStatistics() {}

    static void gather(List<Connection> workers, Manifest manifest, List<TableResult> results) {
        Map<TableName, Long> weights = new HashMap<>();
        manifest.tables().forEach(table -> weights.put(table.name(), table.bytes()));
        TaskGraph graph = new TaskGraph();
        for (TableResult result : results) {
            TableName table = new TableName(result.schema(), result.name());
            long touched = result.inserted() + result.updated() + result.deleted();
            if (touched > result.rows() / 10) {
                graph.add(new TaskGraph.Task(
                        table,
                        "analysing table " + table,
                        weights.getOrDefault(table, 0L),
                        Set.of(),
                        Set.of(),
                        false,
                        connection -> Statements.execute(connection, "ANALYZE " + table.quoted())));
            }
        }
        graph.run(workers);
    }
}
