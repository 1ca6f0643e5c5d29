package io.tidemark.sender.log;

import io.tidemark.database.SqlResource;
import io.tidemark.sender.log.TableDetails.Attribute;
import io.tidemark.table.Column;
import io.tidemark.table.ConstantDefault;
import io.tidemark.table.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks the catalogue for what the log does not tell of tables. */
final class TableDetailsQuery {
    private static final String DATA_EXCEPTION = "22";

    private final Connection connection;

    TableDetailsQuery(Connection connection) {
        this.connection = connection;
    }

    /** Those that are still there, by the name that they have now. */
    Map<TableName, TableDetails> read(Collection<Long> oids) throws SQLException {
        Map<TableName, TableDetails> details = new HashMap<>();
        Map<Long, List<Attribute>> attributes = new HashMap<>();
        try (PreparedStatement query = prepare("table-details.sql")) {
            query.setArray(1, connection.createArrayOf("int8", oids.toArray()));
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    long oid = row.getLong("oid");
                    attributes.computeIfAbsent(oid, any -> new ArrayList<>()).add(attribute(row));
                    details.put(
                            new TableName(row.getString("schema"), row.getString("table")),
                            new TableDetails(oid, row.getLong("file"), List.of()));
                }
            }
        }
        details.replaceAll((name, table) ->
                new TableDetails(table.oid(), table.file(), attributes.getOrDefault(table.oid(), List.of())));
        return details;
    }

    private static Attribute attribute(ResultSet row) throws SQLException {
        return new Attribute(
                row.getInt("number"), row.getString("name"), row.getString("type"), row.getString("version"));
    }

    /** Whether rows that are older than a column have the value there that a replica would give them that adds the column by its definition. */
    boolean givesOldRows(long oid, Column column) throws SQLException {
        try (PreparedStatement query = prepare("added-column.sql")) {
            query.setLong(1, oid);
            query.setString(2, column.name());
            try (ResultSet row = query.executeQuery()) {
                if (!row.next()) {
                    return false;
                }
                Optional<String> literal = ConstantDefault.literal(column.expression());
                return row.getBoolean("given")
                        ? row.getBoolean("plain") && literal.isPresent() && isMissing(oid, column, literal.get())
                        : column.expression().isEmpty()
                                || literal.filter("NULL"::equals).isPresent();
            }
        }
    }

    private boolean isMissing(long oid, Column column, String literal) throws SQLException {
        String type = column.type();
        try (PreparedStatement query = connection.prepareStatement(
                "select ((attmissingval::text::" + type
                        + "[])[1])::text is not distinct from ((" + literal + ")::text::" + type
                        + ")::text from pg_catalog.pg_attribute where attrelid = ?::bigint::oid and attname = ? and attnum > 0")) {
            query.setLong(1, oid);
            query.setString(2, column.name());
            try (ResultSet row = query.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        } catch (SQLException failure) {
            if (String.valueOf(failure.getSQLState()).startsWith(DATA_EXCEPTION)) {
                return false;
            }
            throw failure;
        }
    }

    private PreparedStatement prepare(String resource) throws SQLException {
        return connection.prepareStatement(SqlResource.read(TableDetailsQuery.class, resource));
    }
}
