package io.tidemark.sender.watermark;

import io.tidemark.database.Catalogue;
import io.tidemark.database.Database;
import io.tidemark.database.SqlFailures;
import io.tidemark.position.Lsn;
import io.tidemark.sender.capture.OrderedPosition;
import io.tidemark.sender.capture.SelectedTables;
import io.tidemark.sender.capture.SourceServer;
import io.tidemark.sender.settings.WatermarkColumns;
import io.tidemark.settings.TableSelection;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The primary as watermark mode sees it. Needs the right to read, and nothing else. */
public final class WatermarkSource implements AutoCloseable {
    private static final String NAME = "tidemark partial";
    private static final int TABLES_PER_LOCK = 200;

    private final Database database;
    private final TableSelection wanted;
    private final WatermarkColumns columns;
    private final Connection present;

    private WatermarkSource(Database database, TableSelection wanted, WatermarkColumns columns, Connection present) {
        this.database = database;
        this.wanted = wanted;
        this.columns = columns;
        this.present = present;
    }

    public static WatermarkSource open(Database database, TableSelection wanted, WatermarkColumns columns) {
        try {
            return new WatermarkSource(database, wanted, columns, database.open(NAME));
        } catch (SQLException failure) {
            throw SqlFailures.of("database " + database, failure);
        }
    }

    public SourceServer server() {
        try {
            return SourceServer.read(present);
        } catch (SQLException failure) {
            throw SqlFailures.of("asking " + database.url(), failure);
        }
    }

    /** Where the log is. */
    public Lsn position() {
        try {
            Lsn lsn = OrderedPosition.begin(present);
            OrderedPosition.end(present);
            return lsn;
        } catch (SQLException failure) {
            throw SqlFailures.of("asking " + database.url(), failure);
        }
    }

    /** Writes a few bytes into the log, where the role may. */
    public void pass() {
        try {
            OrderedPosition.pass(present);
        } catch (SQLException failure) {
            throw SqlFailures.of("writing into the log", failure);
        }
    }

    public WatermarkPlan plan() {
        try {
            return plan(present);
        } catch (SQLException failure) {
            throw SqlFailures.of("reading the catalogue", failure);
        }
    }

    private WatermarkPlan plan(Connection connection) throws SQLException {
        Catalogue catalogue = SelectedTables.catalogue(connection, wanted);
        return WatermarkPlan.of(catalogue, SelectedTables.of(catalogue, wanted), columns);
    }

    /** A new snapshot. A table that has come since the plan was made is left for the next one. */
    public WatermarkView enter(WatermarkPlan plan) {
        try {
            Connection connection = database.open(NAME);
            boolean entered = false;
            try {
                execute(connection, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
                lock(connection, plan);
                Moment moment = moment(connection);
                WatermarkView view = new WatermarkView(connection, moment, locked(plan, plan(connection)));
                entered = true;
                return view;
            } finally {
                if (!entered) {
                    connection.close();
                }
            }
        } catch (SQLException failure) {
            throw SqlFailures.of("entering a snapshot of " + database.url(), failure);
        }
    }

    /** LOCK TABLE takes no snapshot yet. */
    private static void lock(Connection connection, WatermarkPlan plan) throws SQLException {
        List<String> names = tables(plan)
                .map(WatermarkTable::name)
                .sorted()
                .map(name -> "ONLY " + name.quoted())
                .toList();
        for (int from = 0; from < names.size(); from += TABLES_PER_LOCK) {
            int to = Math.min(names.size(), from + TABLES_PER_LOCK);
            execute(connection, "LOCK TABLE " + String.join(", ", names.subList(from, to)) + " IN ACCESS SHARE MODE");
        }
    }

    /** The transaction's first query takes its snapshot; a lock asked for by a query would come too late, so that another session holds it. */
    private Moment moment(Connection connection) throws SQLException {
        Lsn lsn = OrderedPosition.begin(present);
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_catalog.pg_snapshot_xmin(s)::text,"
                        + " pg_catalog.pg_snapshot_xmax(s)::text, pg_catalog.clock_timestamp(), s::text"
                        + " from pg_catalog.pg_current_snapshot() s")) {
            row.next();
            return new Moment(
                    lsn,
                    Long.parseLong(row.getString(1)),
                    Long.parseLong(row.getString(2)),
                    row.getObject(3, OffsetDateTime.class).toInstant(),
                    row.getString(4));
        } finally {
            OrderedPosition.end(present);
        }
    }

    private static WatermarkPlan locked(WatermarkPlan before, WatermarkPlan now) {
        Set<Object> locked = new HashSet<>();
        tables(before).forEach(table -> locked.add(List.of(table.oid(), table.name())));
        return new WatermarkPlan(
                now.followed().stream().filter(table -> isAmong(locked, table)).toList(),
                now.others().stream().filter(table -> isAmong(locked, table)).toList(),
                now.excluded());
    }

    private static boolean isAmong(Set<Object> locked, WatermarkTable table) {
        return locked.contains(List.of(table.oid(), table.name()));
    }

    private static Stream<WatermarkTable> tables(WatermarkPlan plan) {
        return Stream.concat(plan.followed().stream(), plan.others().stream());
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() {
        try {
            present.close();
        } catch (SQLException failure) {
            throw SqlFailures.of("closing a session", failure);
        }
    }
}
