package io.tidemark.receiver.load;

import io.tidemark.receiver.load.TaskGraph.Task;
import io.tidemark.table.TableName;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Foreign keys that can be made while the table that has them is still empty, which spares PostgreSQL the search through its rows: the table
 * that it refers to is filled and keyed before. Those that refer to each other in a circle, or to their own table, are left for later.
 */
final class EarlyForeignKeys {
    private final Map<Definition, Link> links = new LinkedHashMap<>();
    private final List<Definition> keys;

    private EarlyForeignKeys(List<Definition> keys) {
        this.keys = keys;
    }

    private record Link(TableName from, TableName to) {}

    /** Makes one definition. */
    @FunctionalInterface
    interface Maker {
        void make(Connection connection, Definition definition) throws SQLException, IOException;
    }

    /**
     * @param definitions of the post-data section, in the dump's order
     * @param empty the tables that are about to be filled for the first time
     */
    static EarlyForeignKeys of(List<Definition> definitions, Set<TableName> empty) {
        EarlyForeignKeys early = new EarlyForeignKeys(
                definitions.stream().filter(EarlyForeignKeys::isKey).toList());
        for (Definition definition : definitions) {
            List<Object> tables = new ArrayList<>(DefinitionTarget.tables(definition.entry()));
            if (definition.entry().type().equals("FK CONSTRAINT")
                    && tables.size() == 2
                    && tables.get(0) instanceof TableName from
                    && tables.get(1) instanceof TableName to
                    && empty.contains(from)
                    && empty.contains(to)
                    && !early.reaches(to, from)) {
                early.links.put(definition, new Link(from, to));
            }
        }
        return early;
    }

    private static boolean isKey(Definition definition) {
        return definition.entry().type().equals("CONSTRAINT")
                || definition.entry().sql().startsWith("CREATE UNIQUE INDEX");
    }

    private boolean reaches(TableName from, TableName to) {
        Set<TableName> seen = new HashSet<>();
        List<TableName> open = new ArrayList<>(List.of(from));
        while (!open.isEmpty()) {
            TableName table = open.remove(open.size() - 1);
            if (table.equals(to)) {
                return true;
            }
            if (seen.add(table)) {
                links.values().stream()
                        .filter(link -> link.from().equals(table))
                        .forEach(link -> open.add(link.to()));
            }
        }
        return false;
    }

    /** The foreign keys that have to be there before a table is filled. */
    Map<TableName, Set<Object>> needs() {
        Map<TableName, Set<Object>> needs = new HashMap<>();
        links.forEach((definition, link) ->
                needs.computeIfAbsent(link.from(), table -> new HashSet<>()).add(definition.key()));
        return needs;
    }

    void plan(TaskGraph graph, Maker maker) {
        links.forEach((definition, link) -> {
            Set<Object> needs = new HashSet<>(Set.of(link.to()));
            keys.stream()
                    .filter(key -> DefinitionTarget.table(key.entry()).equals(java.util.Optional.of(link.to())))
                    .forEach(key -> needs.add(key.key()));
            graph.add(new Task(
                    definition.key(),
                    "making " + definition.entry().label(),
                    Long.MAX_VALUE,
                    needs,
                    Set.of(link.from(), link.to()),
                    true,
                    connection -> maker.make(connection, definition)));
        });
    }
}
