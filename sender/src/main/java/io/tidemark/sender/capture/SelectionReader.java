package io.tidemark.sender.capture;

import io.tidemark.bundle.Manifest.LeftOut;
import io.tidemark.database.Catalogue;
import io.tidemark.database.Relation;
import io.tidemark.database.SqlResource;
import io.tidemark.settings.TableSelection;
import io.tidemark.table.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Asks the catalogue what a selection of tables drags along, and what falls away with the tables that are left out. */
final class SelectionReader {
    private final Connection connection;
    private final TableSelection wanted;

    SelectionReader(Connection connection, TableSelection wanted) {
        this.connection = connection;
        this.wanted = wanted;
    }

    Selection read() throws SQLException {
        Catalogue catalogue = SelectedTables.catalogue(connection, wanted);
        Set<Long> tables = Selection.tablesIncluded(catalogue.relations(), wanted);
        Set<Long> sequences = new HashSet<>();
        try (PreparedStatement statement = prepare("sequences-needed.sql")) {
            statement.setArray(1, oids(tables));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    sequences.add(rows.getLong("oid"));
                }
            }
        }
        return Selection.of(catalogue, wanted, sequences);
    }

    /** Objects that cannot exist without the excluded relations. */
    List<Dependent> dependents(Selection selection) throws SQLException {
        Set<Long> excluded = new HashSet<>();
        selection.excluded().forEach(relation -> excluded.add(relation.oid()));
        List<Dependent> dependents = new ArrayList<>();
        if (excluded.isEmpty()) {
            return dependents;
        }
        Set<TableName> gone = new HashSet<>();
        selection.excluded().forEach(relation -> gone.add(relation.name()));
        try (PreparedStatement statement = prepare("dependents.sql")) {
            statement.setArray(1, oids(excluded));
            statement.setArray(2, oids(excluded));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    TableName name = new TableName(rows.getString("schema"), rows.getString("name"));
                    if (!gone.contains(name)) {
                        dependents.add(new Dependent(rows.getString("class"), name, rows.getString("extra")));
                    }
                }
            }
        }
        return dependents;
    }

    /** Schemas that need not be dumped: nothing in them is included, the globs name none of them, and nothing included refers to them. */
    List<String> unneededSchemas(Selection selection) throws SQLException {
        List<String> schemas = new ArrayList<>();
        if (wanted.matches(new TableName("any schema", "any table"))) {
            return schemas;
        }
        Set<Long> included = new HashSet<>();
        selection.included().stream().map(Relation::oid).forEach(included::add);
        try (PreparedStatement statement = prepare("schemas-unneeded.sql")) {
            statement.setArray(1, oids(included));
            statement.setArray(2, oids(included));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    String schema = rows.getString("name");
                    if (!wanted.matches(new TableName(schema, "any table"))) {
                        schemas.add(schema);
                    }
                }
            }
        }
        return schemas;
    }

    private PreparedStatement prepare(String resource) throws SQLException {
        return connection.prepareStatement(SqlResource.read(SelectionReader.class, resource));
    }

    private java.sql.Array oids(Collection<Long> oids) throws SQLException {
        return connection.createArrayOf("int8", oids.toArray());
    }

    /**
     * An object that falls away.
     *
     * @param what {@code view}, {@code fk}, {@code policy}, {@code rule}, {@code trigger}, {@code function}, {@code procedure} or {@code aggregate}
     * @param name of the view or function, or of the table that the constraint or policy is on
     * @param extra the own name of what is on a table
     */
    record Dependent(String what, TableName name, String extra) {
        LeftOut leftOut() {
            String object = switch (what) {
                case "fk" -> "foreign key " + extra + " of " + name;
                case "policy", "rule", "trigger" -> what + " " + extra + " of " + name;
                default -> what + " " + name;
            };
            return new LeftOut(object, "refers to a table that is left out");
        }
    }
}
