package io.tidemark.receiver.load;

import io.tidemark.crash.CrashPoints;
import io.tidemark.receiver.load.TaskGraph.Task;
import io.tidemark.table.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The second section of a schema: constraints, indexes, triggers and the like. Keys and indexes are built in parallel, then what joins
 * them, then foreign keys in parallel, then the rest in the dump's order.
 */
final class PostData {
    private static final Set<String> BUILT = Set.of("CONSTRAINT", "INDEX");

    private final DefinitionWriter writer;
    private final CrashPoints crashPoints;

    PostData(DefinitionWriter writer, CrashPoints crashPoints) {
        this.writer = writer;
        this.crashPoints = crashPoints;
    }

    /** Keys and indexes among {@code definitions}: they may be built as soon as their table's rows are there. */
    static List<Definition> built(List<Definition> definitions) {
        return definitions.stream()
                .filter(definition -> BUILT.contains(definition.entry().type()))
                .toList();
    }

    /** @param weights bytes by table, so that the largest are begun first */
    void plan(TaskGraph graph, List<Definition> definitions, Map<TableName, Long> weights) {
        for (Definition definition : definitions) {
            Set<Object> tables = DefinitionTarget.tables(definition.entry());
            long weight = tables.stream()
                    .filter(TableName.class::isInstance)
                    .mapToLong(table -> weights.getOrDefault((TableName) table, 0L))
                    .max()
                    .orElse(0);
            Set<Object> needs = new HashSet<>(tables);
            graph.add(new Task(
                    definition.key(),
                    "making " + definition.entry().label(),
                    weight,
                    needs,
                    tables,
                    !definition.entry().type().equals("INDEX"),
                    connection -> make(connection, definition)));
        }
    }

    void make(Connection connection, Definition definition) throws SQLException {
        Statements.transaction(connection, () -> writer.create(connection, definition));
        crashPoints.pass(LoadStep.INDEX_MADE);
    }

    /** Runs what is left in stages that keep the dump's order between kinds. */
    void finish(List<Connection> connections, List<Definition> definitions, Map<TableName, Long> weights)
            throws SQLException {
        List<Definition> group = new ArrayList<>();
        Stage stage = Stage.ONE_BY_ONE;
        for (Definition definition : definitions) {
            Stage next = Stage.of(definition);
            if (next != stage) {
                flush(connections, group, stage, weights);
                group = new ArrayList<>();
                stage = next;
            }
            group.add(definition);
        }
        flush(connections, group, stage, weights);
    }

    private void flush(List<Connection> connections, List<Definition> group, Stage stage, Map<TableName, Long> weights)
            throws SQLException {
        if (stage != Stage.ONE_BY_ONE) {
            TaskGraph graph = new TaskGraph();
            plan(graph, group, weights);
            graph.run(connections);
            return;
        }
        ShortTransaction brief = new ShortTransaction(connections.get(0));
        for (Definition definition : group) {
            brief.run(() -> writer.create(connections.get(0), definition));
            crashPoints.pass(LoadStep.INDEX_MADE);
        }
    }

    /** What may be made side by side. A foreign key needs the key that it refers to, which after a crash may be among what is left. */
    private enum Stage {
        ONE_BY_ONE,
        KEYS_AND_INDEXES,
        FOREIGN_KEYS;

        static Stage of(Definition definition) {
            String type = definition.entry().type();
            if (BUILT.contains(type)) {
                return KEYS_AND_INDEXES;
            }
            return type.equals("FK CONSTRAINT") ? FOREIGN_KEYS : ONE_BY_ONE;
        }
    }
}
