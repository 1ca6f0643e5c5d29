package io.tidemark.receiver.load;

import io.tidemark.table.TableName;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** What partials that are loaded already did beyond the position of a complete: it must not take that back. */
public interface LaterPartials {
    /**
     * Rows that a complete leaves alone.
     *
     * @param table temporary, holds their keys; empty for none
     * @param key names of the columns there
     * @param all every row of the table
     */
    record Shield(String table, List<String> key, boolean all) {
        public static final Shield NONE = new Shield("", List.of(), false);

        public Shield {
            key = List.copyOf(key);
        }

        boolean none() {
            return table.isEmpty() && !all;
        }
    }

    /** The rows of a table that later partials wrote or deleted. Works within the transaction of the merge. */
    Shield shield(Connection connection, TableName table) throws SQLException, IOException;

    /** Applies what later partials hold for a table that the complete has just brought. Works within the transaction of the merge. */
    boolean apply(Connection connection, TableName table) throws SQLException, IOException;

    /** There are none. */
    static LaterPartials none() {
        return new LaterPartials() {
            @Override
            public Shield shield(Connection connection, TableName table) {
                return Shield.NONE;
            }

            @Override
            public boolean apply(Connection connection, TableName table) {
                return false;
            }
        };
    }
}
