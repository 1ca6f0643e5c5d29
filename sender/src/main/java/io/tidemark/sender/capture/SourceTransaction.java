package io.tidemark.sender.capture;

import io.tidemark.database.Database;
import io.tidemark.database.Relation;
import io.tidemark.database.SqlResource;
import io.tidemark.database.TableInfo;
import io.tidemark.position.Position;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Sessions inside one snapshot of the primary, with every table locked against changes of its definition (ACCESS SHARE, which stops no
 * reader and no writer). The locks are taken before the snapshot: a TRUNCATE between the two would otherwise empty a table that the
 * snapshot still shows.
 */
final class SourceTransaction implements AutoCloseable {
    private static final String NAME = "tidemark complete";
    private static final int TABLES_PER_LOCK = 200;
    /**
     * Up to here every session takes all locks, so that none queues behind a change of definition later on. Beyond it only one does: the
     * server's lock table is shared by everybody and its size bounded.
     */
    private static final int LOCKED_BY_ALL = 300;

    private final Database database;
    private final Connection holder;
    private final List<Connection> opened = new ArrayList<>();

    SourceTransaction(Database database) throws SQLException {
        this.database = database;
        this.holder = open();
    }

    /** A session outside the snapshot: it sees the present. */
    Connection present() {
        return holder;
    }

    void lock(List<TableInfo> tables) throws SQLException {
        execute(holder, "BEGIN READ ONLY");
        lock(holder, tables);
    }

    /**
     * Opens sessions inside a new snapshot. The exporting session is gone when this returns, and with it its slot.
     *
     * @param count at least 1
     */
    Sessions enter(int count, boolean logical, List<TableInfo> tables) throws SQLException {
        try (Snapshot snapshot = Snapshot.take(database, logical)) {
            List<Connection> sessions = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                Connection session = open();
                execute(session, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
                if (tables.size() <= LOCKED_BY_ALL) {
                    lock(session, tables);
                }
                execute(session, "SET TRANSACTION SNAPSHOT '" + snapshot.name() + "'");
                sessions.add(session);
            }
            return new Sessions(sessions, snapshot.position(sessions.get(0)));
        }
    }

    /** Changes with every change of a definition in the database. */
    String mark() throws SQLException {
        return CatalogueMark.read(holder);
    }

    /** How many pages tables have now, by their oid; asked by who has locked them all, whom nobody lets wait. */
    Map<Long, Long> pages(List<TableInfo> tables) throws SQLException {
        Map<Long, Long> pages = new HashMap<>();
        try (PreparedStatement query =
                holder.prepareStatement(SqlResource.read(SourceTransaction.class, "table-pages.sql"))) {
            query.setArray(
                    1,
                    holder.createArrayOf(
                            "int8",
                            tables.stream().map(table -> table.relation().oid()).toArray()));
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    pages.put(row.getLong("oid"), row.getLong("pages"));
                }
            }
        }
        return pages;
    }

    /** A name under which others may enter the session's snapshot while its transaction is open. */
    static String export(Connection session) throws SQLException {
        try (Statement statement = session.createStatement()) {
            return Snapshot.single(statement, "select pg_catalog.pg_export_snapshot()");
        }
    }

    private Connection open() throws SQLException {
        Connection connection = database.open(NAME);
        opened.add(connection);
        return connection;
    }

    private static void lock(Connection connection, List<TableInfo> tables) throws SQLException {
        List<String> names = tables.stream()
                .map(TableInfo::relation)
                .map(Relation::name)
                .sorted()
                .map(name -> "ONLY " + name.quoted())
                .toList();
        for (int from = 0; from < names.size(); from += TABLES_PER_LOCK) {
            int to = Math.min(names.size(), from + TABLES_PER_LOCK);
            execute(connection, "LOCK TABLE " + String.join(", ", names.subList(from, to)) + " IN ACCESS SHARE MODE");
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        for (Connection connection : opened) {
            connection.close();
        }
    }

    /** Sessions in one snapshot, and where it stands. */
    record Sessions(List<Connection> connections, Position position) {}
}
