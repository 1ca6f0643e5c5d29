package io.tidemark.database;

import io.tidemark.table.Column;
import io.tidemark.table.TableName;
import io.tidemark.table.TableShape;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a database holds outside the system's own schemas, read once: relations, and the shapes of its tables. */
public final class Catalogue {
    private final List<Relation> relations;
    private final Map<TableName, TableInfo> tables;

    private Catalogue(List<Relation> relations, Map<TableName, TableInfo> tables) {
        this.relations = relations;
        this.tables = tables;
    }

    public static Catalogue read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            Map<Long, List<Column>> columns = new HashMap<>();
            Map<Long, Boolean> safe = new HashMap<>();
            readColumns(statement, columns, safe);
            Map<Long, List<String>> keys = readKeys(statement);
            Map<Long, List<TableShape.Check>> checks = readChecks(statement);
            List<Relation> relations = new ArrayList<>();
            Map<TableName, TableInfo> tables = new HashMap<>();
            try (ResultSet rows = statement.executeQuery(SqlResource.read(Catalogue.class, "relations.sql"))) {
                while (rows.next()) {
                    Relation relation = relation(rows);
                    relations.add(relation);
                    TableShape shape = new TableShape(
                            relation.name(),
                            columns.getOrDefault(relation.oid(), List.of()),
                            keys.getOrDefault(relation.oid(), List.of()),
                            checks.getOrDefault(relation.oid(), List.of()));
                    tables.put(
                            relation.name(), new TableInfo(relation, shape, safe.getOrDefault(relation.oid(), true)));
                }
            }
            return new Catalogue(relations, tables);
        }
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

    /** A table, partitioned ones included; empty where no relation has that name. */
    public Optional<TableInfo> table(TableName name) {
        return Optional.ofNullable(tables.get(name))
                .filter(info -> "rp".indexOf(info.relation().kind()) >= 0);
    }

    private static void readColumns(Statement statement, Map<Long, List<Column>> columns, Map<Long, Boolean> safe)
            throws SQLException {
        try (ResultSet rows = statement.executeQuery(SqlResource.read(Catalogue.class, "columns.sql"))) {
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

    private static Map<Long, List<String>> readKeys(Statement statement) throws SQLException {
        Map<Long, List<String>> keys = new HashMap<>();
        try (ResultSet rows = statement.executeQuery(SqlResource.read(Catalogue.class, "keys.sql"))) {
            while (rows.next()) {
                Array names = rows.getArray("columns");
                keys.put(rows.getLong("oid"), List.of((String[]) names.getArray()));
            }
        }
        return keys;
    }

    private static Map<Long, List<TableShape.Check>> readChecks(Statement statement) throws SQLException {
        Map<Long, List<TableShape.Check>> checks = new HashMap<>();
        try (ResultSet rows = statement.executeQuery(SqlResource.read(Catalogue.class, "checks.sql"))) {
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
                rows.getLong("pages"),
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
