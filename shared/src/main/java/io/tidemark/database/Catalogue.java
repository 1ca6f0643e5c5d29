package io.tidemark.database;

import io.tidemark.table.Column;
import io.tidemark.table.TableName;
import io.tidemark.table.TableShape;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a database holds outside the system's own schemas, read once: its relations, and the shapes of chosen tables. Reading a shape waits for
 * who holds that table for himself; that a relation is there is known without.
 */
public final class Catalogue {
    private final List<Relation> relations;
    private final Map<TableName, TableInfo> tables;

    private Catalogue(List<Relation> relations, Map<TableName, TableInfo> tables) {
        this.relations = relations;
        this.tables = tables;
    }

    /** Which tables' shapes matter. */
    @FunctionalInterface
    public interface Choice {
        /** @return oids; those of other relations than tables are passed over */
        Set<Long> among(List<Relation> relations);

        static Choice of(Set<TableName> names) {
            return relations -> relations.stream()
                    .filter(relation -> names.contains(relation.name()))
                    .map(Relation::oid)
                    .collect(Collectors.toSet());
        }
    }

    /** @throws SQLException also where somebody held a chosen table for longer than the connection's lock_timeout */
    public static Catalogue read(Connection connection, Choice choice) throws SQLException {
        List<Relation> relations = readRelations(connection);
        Set<Long> chosen = choice.among(relations);
        List<Relation> wanted = relations.stream()
                .filter(Relation::isTable)
                .filter(relation -> chosen.contains(relation.oid()))
                .toList();
        Array oids = connection.createArrayOf(
                "int8", wanted.stream().map(Relation::oid).toArray());
        Map<Long, List<Column>> columns = new HashMap<>();
        Map<Long, Boolean> safe = new HashMap<>();
        readColumns(connection, oids, columns, safe);
        Map<Long, List<String>> keys = readKeys(connection, oids);
        Map<Long, List<TableShape.Check>> checks = readChecks(connection, oids);
        Map<TableName, TableInfo> tables = new HashMap<>();
        for (Relation relation : wanted) {
            TableShape shape = new TableShape(
                    relation.name(),
                    columns.getOrDefault(relation.oid(), List.of()),
                    keys.getOrDefault(relation.oid(), List.of()),
                    checks.getOrDefault(relation.oid(), List.of()));
            tables.put(relation.name(), new TableInfo(relation, shape, safe.getOrDefault(relation.oid(), true)));
        }
        return new Catalogue(relations, tables);
    }

    /** What has been read already, in the order given. */
    public static Catalogue of(List<TableInfo> read) {
        Map<TableName, TableInfo> tables = new HashMap<>();
        read.forEach(info -> tables.put(info.relation().name(), info));
        return new Catalogue(read.stream().map(TableInfo::relation).toList(), tables);
    }

    public List<Relation> relations() {
        return List.copyOf(relations);
    }

    /** A chosen table, partitioned ones included; empty where no relation has that name. */
    public Optional<TableInfo> table(TableName name) {
        return Optional.ofNullable(tables.get(name))
                .filter(info -> info.relation().isTable());
    }

    private static List<Relation> readRelations(Connection connection) throws SQLException {
        List<Relation> relations = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(SqlResource.read(Catalogue.class, "relations.sql"))) {
            while (rows.next()) {
                relations.add(relation(rows));
            }
        }
        return relations;
    }

    private static PreparedStatement prepare(Connection connection, String resource, Array oids) throws SQLException {
        PreparedStatement query = connection.prepareStatement(SqlResource.read(Catalogue.class, resource));
        query.setArray(1, oids);
        return query;
    }

    private static void readColumns(
            Connection connection, Array oids, Map<Long, List<Column>> columns, Map<Long, Boolean> safe)
            throws SQLException {
        try (PreparedStatement query = prepare(connection, "columns.sql", oids);
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                Column column = new Column(
                        rows.getString("name"),
                        rows.getString("type"),
                        rows.getBoolean("not_null"),
                        identity(rows.getString("identity")),
                        rows.getBoolean("generated"),
                        rows.getString("expression"));
                columns.computeIfAbsent(rows.getLong("oid"), oid -> new ArrayList<>())
                        .add(column);
                safe.merge(
                        rows.getLong("oid"), column.generated() || rows.getBoolean("binary_safe"), Boolean::logicalAnd);
            }
        }
    }

    private static Map<Long, List<String>> readKeys(Connection connection, Array oids) throws SQLException {
        Map<Long, List<String>> keys = new HashMap<>();
        try (PreparedStatement query = prepare(connection, "keys.sql", oids);
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                Array names = rows.getArray("columns");
                keys.put(rows.getLong("oid"), List.of((String[]) names.getArray()));
            }
        }
        return keys;
    }

    private static Map<Long, List<TableShape.Check>> readChecks(Connection connection, Array oids) throws SQLException {
        Map<Long, List<TableShape.Check>> checks = new HashMap<>();
        try (PreparedStatement query = prepare(connection, "checks.sql", oids);
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                checks.computeIfAbsent(rows.getLong("oid"), oid -> new ArrayList<>())
                        .add(new TableShape.Check(rows.getString("name"), rows.getString("definition")));
            }
        }
        return checks;
    }

    private static Relation relation(ResultSet rows) throws SQLException {
        return new Relation(
                rows.getLong("oid"),
                new TableName(rows.getString("schema"), rows.getString("name")),
                rows.getString("kind").charAt(0),
                rows.getLong("parent"),
                List.of((Long[]) rows.getArray("inherits").getArray()),
                rows.getLong("owner"),
                rows.getBoolean("heap"),
                rows.getBoolean("populated"));
    }

    private static Column.Identity identity(String letter) {
        return switch (letter) {
            case "a" -> Column.Identity.ALWAYS;
            case "d" -> Column.Identity.BY_DEFAULT;
            default -> Column.Identity.NONE;
        };
    }
}
