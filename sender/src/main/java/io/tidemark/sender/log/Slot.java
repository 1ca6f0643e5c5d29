package io.tidemark.sender.log;

import io.tidemark.database.SqlResource;
import io.tidemark.position.Lsn;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** The replication slot of one source. */
public final class Slot {
    private final String name;

    public Slot(String name) {
        this.name = name;
    }

    /**
     * How it stands.
     *
     * @param ours whether it is of this database, for pgoutput, and not temporary
     * @param active whether somebody reads it
     * @param lost whether the server has thrown away what it needs
     * @param retained bytes of log that it keeps back
     * @param flushed where the server's log is on disk
     */
    public record Standing(
            boolean exists,
            boolean ours,
            boolean active,
            Optional<Lsn> confirmed,
            boolean lost,
            long retained,
            Lsn flushed) {}

    public Standing look(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(SqlResource.read(Slot.class, "slot.sql"))) {
            query.setString(1, name);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                String confirmed = row.getString("confirmed");
                return new Standing(
                        row.getBoolean("there"),
                        row.getBoolean("ours"),
                        row.getBoolean("active"),
                        confirmed == null ? Optional.empty() : Optional.of(Lsn.parse(confirmed)),
                        row.getBoolean("lost"),
                        row.getLong("retained"),
                        Lsn.parse(row.getString("flushed")));
            }
        }
    }

    /**
     * Waits for every transaction that is open, each at most as long as the connection's lock_timeout; a slot that could not be finished is
     * taken away by the server.
     *
     * @return where its changes begin: transactions that end later are all in it
     */
    public Lsn create(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "select lsn::text from pg_catalog.pg_create_logical_replication_slot(?, 'pgoutput')")) {
            query.setString(1, name);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return Lsn.parse(row.getString(1));
            }
        }
    }

    /**
     * Takes it away; nothing where there is none.
     *
     * @throws SQLException (object_in_use) where somebody goes on reading it
     */
    public void drop(Connection connection) throws SQLException {
        SlotPatience.await(() -> dropNow(connection));
    }

    private boolean dropNow(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "select pg_catalog.pg_drop_replication_slot(slot_name) from pg_catalog.pg_replication_slots where slot_name = ?")) {
            query.setString(1, name);
            try (ResultSet row = query.executeQuery()) {
                return row.next();
            }
        }
    }
}
