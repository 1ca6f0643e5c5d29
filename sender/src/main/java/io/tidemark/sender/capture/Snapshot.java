package io.tidemark.sender.capture;

import io.tidemark.database.Database;
import io.tidemark.position.Lsn;
import io.tidemark.position.Position;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;
import org.postgresql.replication.ReplicationSlotInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An exported snapshot and the position at which it stands. Where the database writes logical WAL and the role may replicate, both come from
 * a temporary logical slot, whose {@code consistent_point} is exact even while a commit waits for a synchronous standby; elsewhere from
 * an ordinary transaction.
 */
final class Snapshot implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Snapshot.class);

    private final Connection exporter;
    private final String name;
    private final Position.Kind kind;
    private final Lsn lsn;

    private Snapshot(Connection exporter, String name, Position.Kind kind, Lsn lsn) {
        this.exporter = exporter;
        this.name = name;
        this.kind = kind;
        this.lsn = lsn;
    }

    static Snapshot take(Database database, boolean logical) throws SQLException {
        if (logical) {
            try {
                return fromSlot(database);
            } catch (SQLException refused) {
                LOG.warn(
                        "no exact position for this complete: {}; an ordinary snapshot is used"
                                + " (hint: the role needs REPLICATION, and no transaction may stay open for longer than lock.timeout)",
                        refused.getMessage());
            }
        }
        return fromTransaction(database);
    }

    private static Snapshot fromSlot(Database database) throws SQLException {
        Connection connection = database.openReplication("tidemark complete");
        try {
            ReplicationSlotInfo slot = connection
                    .unwrap(PGConnection.class)
                    .getReplicationAPI()
                    .createReplicationSlot()
                    .logical()
                    .withSlotName(TemporarySlots.name("complete"))
                    .withOutputPlugin("pgoutput")
                    .withTemporaryOption()
                    .make();
            return new Snapshot(
                    connection,
                    String.valueOf(slot.getSnapshotName()),
                    Position.Kind.CONSISTENT_POINT,
                    new Lsn(slot.getConsistentPoint().asLong()));
        } catch (SQLException failure) {
            connection.close();
            throw failure;
        }
    }

    private static Snapshot fromTransaction(Database database) throws SQLException {
        Connection connection = database.open("tidemark complete");
        try (Statement statement = connection.createStatement()) {
            Lsn lsn = OrderedPosition.begin(connection);
            statement.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
            String name = single(statement, "select pg_catalog.pg_export_snapshot()");
            OrderedPosition.pass(connection);
            OrderedPosition.end(connection);
            return new Snapshot(connection, name, Position.Kind.SNAPSHOT, lsn);
        } catch (SQLException failure) {
            connection.close();
            throw failure;
        }
    }

    String name() {
        return name;
    }

    /** @param importer a connection inside this snapshot */
    Position position(Connection importer) throws SQLException {
        try (Statement statement = importer.createStatement()) {
            return new Position(kind, lsn, single(statement, "select pg_catalog.pg_current_snapshot()::text"));
        }
    }

    static String single(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            row.next();
            return String.valueOf(row.getString(1));
        }
    }

    /** Lets go of the exporting session and its slot; who has imported the snapshot keeps it. */
    @Override
    public void close() throws SQLException {
        exporter.close();
    }
}
