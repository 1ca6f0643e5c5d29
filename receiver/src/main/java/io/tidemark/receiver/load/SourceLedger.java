package io.tidemark.receiver.load;

import io.tidemark.bundle.Manifest;
import io.tidemark.position.Lsn;
import io.tidemark.position.SourceIdentity;
import io.tidemark.receiver.chain.SourceState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How far the data of each source are; written in the transactions that bring them there. */
public final class SourceLedger {
    private SourceLedger() {}

    /** Empty before the source's first complete. */
    public static Optional<SourceState> read(Connection connection, String source) throws SQLException {
        return Optional.ofNullable(all(connection).get(source));
    }

    /** By source. */
    static Map<String, SourceState> all(Connection connection) throws SQLException {
        Map<String, SourceState> states = new TreeMap<>();
        try (PreparedStatement select = connection.prepareStatement("select * from tidemark.source");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                states.put(row.getString("source"), state(row));
            }
        }
        return states;
    }

    private static SourceState state(ResultSet row) throws SQLException {
        return new SourceState(
                Lsn.parse(row.getString("position")),
                new SourceIdentity(row.getString("system"), row.getLong("database"), row.getInt("timeline")),
                Lsn.parse(row.getString("complete_position")),
                row.getLong("complete_sequence"),
                row.getLong("partial_sequence"),
                row.getString("partial_manifest"),
                row.getTimestamp("as_of").toInstant(),
                row.getTimestamp("loaded").toInstant());
    }

    /** A complete was merged: the data stand where it was cut, or where later partials had brought them. */
    static void completed(Connection connection, Manifest complete, Instant loaded) throws SQLException {
        Optional<SourceState> before = read(connection, complete.source())
                .filter(state -> state.identity().equals(complete.identity()));
        Lsn cut = complete.position().lsn();
        boolean ahead = before.isPresent() && before.get().position().compareTo(cut) > 0;
        put(
                connection,
                complete.source(),
                new SourceState(
                        ahead ? before.get().position() : cut,
                        complete.identity(),
                        cut,
                        Math.max(
                                complete.sequence(),
                                before.map(SourceState::completeSequence).orElse(0L)),
                        before.map(SourceState::partialSequence).orElse(0L),
                        before.map(SourceState::partialManifest).orElse(""),
                        ahead ? before.get().asOf() : complete.created(),
                        loaded));
    }

    /** A partial was applied: the data stand where it ends. */
    public static void applied(Connection connection, Manifest partial, String sha256, Instant loaded)
            throws SQLException {
        SourceState before = read(connection, partial.source()).orElseThrow();
        put(
                connection,
                partial.source(),
                new SourceState(
                        partial.position().lsn(),
                        before.identity(),
                        before.completePosition(),
                        before.completeSequence(),
                        partial.sequence(),
                        sha256,
                        partial.created(),
                        loaded));
    }

    private static void put(Connection connection, String source, SourceState state) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into tidemark.source (source, position, system, database, timeline, complete_position,"
                        + " complete_sequence, partial_sequence, partial_manifest, as_of, loaded)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (source) do update set"
                        + " position = excluded.position, system = excluded.system, database = excluded.database,"
                        + " timeline = excluded.timeline, complete_position = excluded.complete_position,"
                        + " complete_sequence = excluded.complete_sequence, partial_sequence = excluded.partial_sequence,"
                        + " partial_manifest = excluded.partial_manifest, as_of = excluded.as_of, loaded = excluded.loaded")) {
            Object[] values = {
                source,
                state.position().toString(),
                state.identity().system(),
                state.identity().database(),
                state.identity().timeline(),
                state.completePosition().toString(),
                state.completeSequence(),
                state.partialSequence(),
                state.partialManifest(),
                Timestamp.from(state.asOf()),
                Timestamp.from(state.loaded())
            };
            for (int i = 0; i < values.length; i++) {
                insert.setObject(i + 1, values[i]);
            }
            insert.executeUpdate();
        }
    }

    /** Manifests' SHA-256 by sequence, of a source's bundles from {@code first} on whose data are in the database. */
    static Map<Long, String> loaded(Connection connection, String source, long first) throws SQLException {
        Map<Long, String> loaded = new TreeMap<>();
        try (PreparedStatement select = connection.prepareStatement(
                "select sequence, manifest from tidemark.bundle where source = ? and sequence >= ?")) {
            select.setString(1, source);
            select.setLong(2, first);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    loaded.put(row.getLong(1), row.getString(2));
                }
            }
        }
        return loaded;
    }

    /**
     * A partial whose changes are in the database.
     *
     * @param manifest SHA-256 of its manifest
     */
    public record Applied(String name, String manifest) {}

    /** A source's loaded partials that end after {@code position}, in the order of their ends. */
    public static List<Applied> appliedAfter(Connection connection, String source, Lsn position) throws SQLException {
        List<Applied> after = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                "select name, manifest from tidemark.bundle where source = ? and kind = 'partial'"
                        + " and position::pg_catalog.pg_lsn > ?::pg_catalog.pg_lsn"
                        + " order by position::pg_catalog.pg_lsn, sequence")) {
            select.setString(1, source);
            select.setString(2, position.toString());
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    after.add(new Applied(row.getString(1), row.getString(2)));
                }
            }
        }
        return after;
    }
}
