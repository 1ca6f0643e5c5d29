package io.tidemark.sender.state;

import io.tidemark.bundle.BundleId;
import io.tidemark.bundle.BundleKind;
import io.tidemark.failure.DamagedException;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.json.StrictJson;
import io.tidemark.receipt.Receipt;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The bundles and their receipts. Only inside work of the database. */
final class BundleTable {
    private static final String SELECT = "SELECT b.*, r.json FROM bundle b LEFT JOIN receipt r ON r.bundle = b.name ";

    private static final long PARTIALS_KEPT = 2000;
    private static final long COMPLETES_KEPT = 1000;

    private final StateDatabase database;
    private final Notes notes;

    BundleTable(StateDatabase database, Notes notes) {
        this.database = database;
        this.notes = notes;
    }

    BundleId begin(String source, BundleKind kind, Instant created, String label) throws SQLException {
        long sequence = notes.number(Notes.SEQUENCE) + 1;
        if (sequence > BundleId.MAX_SEQUENCE) {
            throw new TidemarkException(
                    FailureCode.FAILED,
                    "source " + source + ": no sequence is left after " + (sequence - 1),
                    "a receipt or a file in the remote inbox raised it; look for a wrong one there, then choose another source");
        }
        BundleId id = new BundleId(source, sequence, kind, created);
        notes.put(Notes.SEQUENCE, Long.toString(sequence));
        database.update(
                "INSERT INTO bundle (sequence, name, state, label) VALUES (?, ?, ?, ?)",
                sequence,
                id.name(),
                BundleState.CAPTURING.word(),
                label);
        return id;
    }

    void seal(BundleId id, Sealed sealed) throws SQLException {
        int changed = database.update(
                "UPDATE bundle SET state = ?, manifest = ?, previous = ?, bytes = ?, rows = ?, millis = ?"
                        + " WHERE name = ? AND state = ?",
                BundleState.SEALED.word(),
                sealed.manifest(),
                sealed.previous().orElse(null),
                sealed.bytes(),
                sealed.rows(),
                sealed.taken().toMillis(),
                id.name(),
                BundleState.CAPTURING.word());
        if (changed != 1) {
            throw new IllegalStateException("not being captured: " + id);
        }
        if (id.kind() == BundleKind.COMPLETE) {
            notes.raise(Notes.COMPLETE, id.sequence());
            pruneCompletes();
        } else {
            prune(id.sequence() - PARTIALS_KEPT);
        }
    }

    /** Partials are many; those that have been pushed long ago are of no interest. */
    private void prune(long before) throws SQLException {
        String old = "sequence < ? AND pushed = 1 AND name LIKE '%-partial-%'";
        database.update("DELETE FROM receipt WHERE bundle IN (SELECT name FROM bundle WHERE " + old + ")", before);
        database.update("DELETE FROM bundle WHERE " + old, before);
        database.update("DELETE FROM reached WHERE sequence < ?", before);
    }

    /** The last ones stay, and those that are still on their way. */
    private void pruneCompletes() throws SQLException {
        String old = "name LIKE '%-complete-%' AND (pushed = 1 OR state = 'given_up') AND sequence < coalesce("
                + "(SELECT sequence FROM bundle WHERE name LIKE '%-complete-%' ORDER BY sequence DESC LIMIT 1 OFFSET "
                + COMPLETES_KEPT + "), 0)";
        database.update("DELETE FROM receipt WHERE bundle IN (SELECT name FROM bundle WHERE " + old + ")");
        database.update("DELETE FROM bundle WHERE " + old);
    }

    /** The one that was sealed last. */
    Optional<SentBundle> lastComplete() throws SQLException {
        return select(SELECT + "WHERE b.sequence = ?", notes.number(Notes.COMPLETE)).stream()
                .findFirst();
    }

    boolean giveUp(BundleId id) throws SQLException {
        return database.update(
                        "UPDATE bundle SET state = ? WHERE name = ? AND pushed = 0",
                        BundleState.GIVEN_UP.word(),
                        id.name())
                == 1;
    }

    void pushed(BundleId id) throws SQLException {
        database.update("UPDATE bundle SET pushed = 1 WHERE name = ?", id.name());
    }

    /** Whether it says something new. */
    boolean receipt(Receipt receipt) throws SQLException {
        String json = new String(StrictJson.pretty(receipt), StandardCharsets.UTF_8);
        if (database.exists("SELECT 1 FROM receipt WHERE bundle = ? AND json = ?", receipt.bundle(), json)) {
            return false;
        }
        database.update(
                "INSERT OR REPLACE INTO receipt (bundle, state, json) VALUES (?, ?, ?)",
                receipt.bundle(),
                receipt.state().name(),
                json);
        return true;
    }

    Confirmed confirmed() throws SQLException {
        return new Confirmed(
                highest("SELECT max(sequence) FROM bundle WHERE pushed = 1"),
                highest("SELECT max(b.sequence) FROM bundle b JOIN receipt r ON r.bundle = b.name"
                        + " WHERE r.state IN ('LOADED', 'COVERED')"));
    }

    private long highest(String sql) throws SQLException {
        try (ResultSet row = database.statement(sql).executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    Optional<SentBundle> find(BundleId id) throws SQLException {
        return select(SELECT + "WHERE b.name = ?", id.name()).stream().findFirst();
    }

    List<SentBundle> all() throws SQLException {
        return select(SELECT + "ORDER BY b.sequence");
    }

    List<SentBundle> unfinished() throws SQLException {
        return select(SELECT + "WHERE b.state <> ? AND b.pushed = 0 ORDER BY b.sequence", BundleState.GIVEN_UP.word());
    }

    Optional<SentBundle> lastSealed() throws SQLException {
        return select(SELECT + "WHERE b.state = ? ORDER BY b.sequence DESC LIMIT 1", BundleState.SEALED.word()).stream()
                .findFirst();
    }

    private List<SentBundle> select(String sql, Object... parameters) throws SQLException {
        List<SentBundle> bundles = new ArrayList<>();
        try (ResultSet row = database.statement(sql, parameters).executeQuery()) {
            while (row.next()) {
                bundles.add(bundle(row));
            }
        }
        return bundles;
    }

    private static SentBundle bundle(ResultSet row) throws SQLException {
        @Nullable String json = row.getString("json");
        return new SentBundle(
                BundleId.parse(row.getString("name")).orElseThrow(),
                BundleState.ofWord(row.getString("state")),
                row.getString("label"),
                Optional.ofNullable(row.getString("manifest")),
                Optional.ofNullable(row.getString("previous")),
                row.getLong("bytes"),
                row.getLong("rows"),
                Duration.ofMillis(row.getLong("millis")),
                row.getBoolean("pushed"),
                json == null ? Optional.empty() : receipt(json));
    }

    /** Empty where another version wrote it; the receiver's folder still has it. */
    private static Optional<Receipt> receipt(String json) {
        try {
            return Optional.of(StrictJson.read(json.getBytes(StandardCharsets.UTF_8), Receipt.class));
        } catch (DamagedException otherVersion) {
            return Optional.empty();
        }
    }
}
