package io.tidemark.sender.capture;

import io.tidemark.database.Database;
import io.tidemark.database.Relation;
import io.tidemark.settings.TableSelection;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How much room the tables that travel take on the primary's disk, without their indexes. */
public final class SourceSize {
    private static final Logger LOG = LoggerFactory.getLogger(SourceSize.class);
    private static final String SIZE = "select coalesce(pg_catalog.sum(pg_catalog.pg_table_size(oid)), 0)"
            + " from pg_catalog.pg_class where oid::int8 = any (?)";

    private SourceSize() {}

    /** @return bytes; empty where the database cannot be asked */
    public static OptionalLong of(Database database, TableSelection wanted) {
        try (Connection connection = database.open("tidemark size")) {
            Object[] oids = SelectedTables.of(SelectedTables.catalogue(connection, wanted), wanted).stream()
                    .map(Relation::oid)
                    .toArray();
            Array array = connection.createArrayOf("int8", oids);
            try (PreparedStatement statement = connection.prepareStatement(SIZE)) {
                statement.setArray(1, array);
                try (ResultSet row = statement.executeQuery()) {
                    return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
                }
            } finally {
                array.free();
            }
        } catch (SQLException unknown) {
            LOG.debug("the size of {} is not known: {}", database, unknown.getMessage());
            return OptionalLong.empty();
        }
    }
}
