package io.tidemark.receiver.load;

import io.tidemark.ddl.DdlEntry;
import io.tidemark.receiver.load.Definition.Section;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The definitions of one source that were carried out in this database. */
final class DefinitionLedger {
    private final String source;

    DefinitionLedger(String source) {
        this.source = source;
    }

    /** In the order in which they were dumped. */
    Map<Definition.Key, Definition> read(Connection connection) throws SQLException {
        Map<Definition.Key, Definition> definitions = new LinkedHashMap<>();
        try (PreparedStatement select = connection.prepareStatement(
                "select * from tidemark.definition where source = ? order by section desc, place")) {
            select.setString(1, source);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    DdlEntry entry = new DdlEntry(
                            row.getString("type"),
                            row.getString("schema"),
                            row.getString("name"),
                            row.getString("statement"));
                    Definition definition = new Definition(
                            Section.valueOf(row.getString("section")),
                            row.getInt("place"),
                            entry,
                            row.getInt("repeat"));
                    definitions.put(definition.key(), definition);
                }
            }
        }
        return definitions;
    }

    void put(Connection connection, Definition definition) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into tidemark.definition (source, section, place, type, schema, name, repeat, statement)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?) on conflict (source, type, schema, name, repeat)"
                        + " do update set section = excluded.section, place = excluded.place, statement = excluded.statement")) {
            insert.setString(1, source);
            insert.setString(2, definition.section().name());
            insert.setInt(3, definition.place());
            insert.setString(4, definition.entry().type());
            insert.setString(5, definition.entry().schema());
            insert.setString(6, definition.entry().name());
            insert.setInt(7, definition.repeat());
            insert.setString(8, definition.entry().sql());
            insert.executeUpdate();
        }
    }

    void remove(Connection connection, Definition definition) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(
                "delete from tidemark.definition where source = ? and type = ? and schema = ? and name = ? and repeat = ?")) {
            delete.setString(1, source);
            delete.setString(2, definition.entry().type());
            delete.setString(3, definition.entry().schema());
            delete.setString(4, definition.entry().name());
            delete.setInt(5, definition.repeat());
            delete.executeUpdate();
        }
    }
}
