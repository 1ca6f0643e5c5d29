package io.tidemark.receiver.load;

import io.tidemark.database.SqlResource;
import io.tidemark.table.DataFormat;
import io.tidemark.table.TableDigest;
import io.tidemark.table.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The receiver's memory, in schema {@code tidemark} of the database that it speaks of. Every method works within the caller's transaction. */
public final class Ledger {
    private final Connection connection;
    private final String source;

    public Ledger(Connection connection, String source) {
        this.connection = connection;
        this.source = source;
    }

    /** Creates what is not there yet. */
    public static void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(SqlResource.read(Ledger.class, "ledger.sql"));
        }
    }

    public static boolean exists(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("select pg_catalog.to_regclass('tidemark.source') is not null")) {
            row.next();
            return row.getBoolean(1);
        }
    }

    /** The loaded bundle with the highest sequence. */
    public Optional<LedgerEntry> last() throws SQLException {
        List<LedgerEntry> entries = entries(connection, "where source = ? order by sequence desc limit 1", source);
        return entries.stream().findFirst();
    }

    /** The complete that was loaded last. */
    public Optional<LedgerEntry> lastComplete() throws SQLException {
        String where = "where source = ? and kind = 'complete' order by sequence desc limit 1";
        return entries(connection, where, source).stream().findFirst();
    }

    public Optional<LedgerEntry> bundle(long sequence) throws SQLException {
        return entries(connection, "where source = ? and sequence = " + sequence, source).stream()
                .findFirst();
    }

    /** Every source's bundles, oldest first. */
    public static List<LedgerEntry> bundles(Connection connection) throws SQLException {
        return entries(connection, "order by source, sequence", null);
    }

    /** By the bundles' names. */
    static Map<String, LoadProof> proofs(Connection connection) throws SQLException {
        Map<String, LoadProof> proofs = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select name, manifest, loaded, equal from tidemark.bundle")) {
            while (row.next()) {
                proofs.put(
                        row.getString("name"),
                        new LoadProof(
                                row.getString("manifest"),
                                row.getTimestamp("loaded").toInstant(),
                                row.getBoolean("equal")));
            }
        }
        return proofs;
    }

    private static List<LedgerEntry> entries(Connection connection, String where, @Nullable String source)
            throws SQLException {
        List<LedgerEntry> entries = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement("select * from tidemark.bundle " + where)) {
            if (source != null) {
                statement.setString(1, source);
            }
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    entries.add(entry(row));
                }
            }
        }
        return entries;
    }

    private static LedgerEntry entry(ResultSet row) throws SQLException {
        Timestamp received = row.getTimestamp("received");
        return new LedgerEntry(
                row.getString("source"),
                row.getLong("sequence"),
                row.getString("name"),
                row.getString("kind"),
                row.getString("manifest"),
                row.getString("position"),
                row.getTimestamp("created").toInstant(),
                received == null ? null : received.toInstant(),
                row.getTimestamp("started").toInstant(),
                row.getTimestamp("loaded").toInstant(),
                row.getLong("milliseconds"),
                row.getLong("bytes"),
                row.getLong("rows"),
                row.getLong("inserted"),
                row.getLong("updated"),
                row.getLong("deleted"),
                row.getBoolean("equal"),
                row.getString("receipt"));
    }

    public void add(LedgerEntry entry) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("insert into tidemark.bundle (source, sequence, name, kind,"
                        + " manifest, position, created, received, started, loaded, milliseconds, bytes, rows, inserted, updated, deleted, equal,"
                        + " receipt) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            Object[] values = {
                entry.source(),
                entry.sequence(),
                entry.name(),
                entry.kind(),
                entry.manifest(),
                entry.position(),
                timestamp(entry.created()),
                timestamp(entry.received()),
                timestamp(entry.started()),
                timestamp(entry.loaded()),
                entry.milliseconds(),
                entry.bytes(),
                entry.rows(),
                entry.inserted(),
                entry.updated(),
                entry.deleted(),
                entry.equal(),
                entry.receipt()
            };
            for (int i = 0; i < values.length; i++) {
                insert.setObject(i + 1, values[i]);
            }
            insert.executeUpdate();
        }
    }

    private static @Nullable Timestamp timestamp(@Nullable Instant instant) {
        return instant == null ? null : Timestamp.from(instant);
    }

    public Map<TableName, RelationState> relations() throws SQLException {
        Map<TableName, RelationState> states = new TreeMap<>();
        try (PreparedStatement statement =
                connection.prepareStatement("select * from tidemark.relation where source = ?")) {
            statement.setString(1, source);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    RelationState state = relation(row);
                    states.put(state.table(), state);
                }
            }
        }
        return states;
    }

    /** What is known of one table. */
    public Optional<RelationState> relation(TableName table) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "select * from tidemark.relation where source = ? and schema = ? and name = ?")) {
            statement.setString(1, source);
            statement.setString(2, table.schema());
            statement.setString(3, table.name());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(relation(row)) : Optional.empty();
            }
        }
    }

    private static RelationState relation(ResultSet row) throws SQLException {
        return new RelationState(
                new TableName(row.getString("schema"), row.getString("name")),
                row.getBoolean("loaded"),
                row.getLong("sequence"),
                row.getLong("rows"),
                TableDigest.parse(row.getString("digest")),
                DataFormat.valueOf(row.getString("format").toUpperCase(Locale.ROOT)),
                ResultJson.shape(row.getString("shape")),
                row.getString("writers"));
    }

    public void put(RelationState state) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("insert into tidemark.relation as r (source, schema, name, loaded,"
                        + " sequence, rows, digest, format, shape, writers) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                        + " on conflict (source, schema, name) do update set loaded = excluded.loaded, sequence = excluded.sequence,"
                        + " rows = excluded.rows, digest = excluded.digest, format = excluded.format, shape = excluded.shape,"
                        + " writers = excluded.writers")) {
            Object[] values = {
                source,
                state.table().schema(),
                state.table().name(),
                state.loaded(),
                state.sequence(),
                state.rows(),
                state.digest().hex(),
                state.format().word(),
                ResultJson.write(state.shape()),
                state.writers()
            };
            for (int i = 0; i < values.length; i++) {
                insert.setObject(i + 1, values[i]);
            }
            insert.executeUpdate();
        }
    }

    void remove(TableName table) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(
                "delete from tidemark.relation where source = ? and schema = ? and name = ?")) {
            delete.setString(1, source);
            delete.setString(2, table.schema());
            delete.setString(3, table.name());
            delete.executeUpdate();
        }
    }
}
