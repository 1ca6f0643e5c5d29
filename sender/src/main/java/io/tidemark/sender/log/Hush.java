package io.tidemark.sender.log;

import java.sql.SQLException;
import java.sql.Statement;

/**
 * Keeps a server from saying in its own log, at each look, from where on it reads: lines of level LOG are left out from fatal on. A role that is
 * quiet already, as by ALTER ROLE … SET, needs no right for it.
 */
final class Hush {
    private Hush() {}

    /** @throws SQLException (insufficient_privilege) where the role may not */
    static void forSession(Statement statement) throws SQLException {
        hush(statement, false);
    }

    /** @throws SQLException (insufficient_privilege) where the role may not; the transaction is over then */
    static void forTransaction(Statement statement) throws SQLException {
        hush(statement, true);
    }

    private static void hush(Statement statement, boolean local) throws SQLException {
        statement.execute("select pg_catalog.set_config('log_min_messages', 'fatal', " + local
                + ") where pg_catalog.current_setting('log_min_messages') not in ('fatal', 'panic')");
    }
}
