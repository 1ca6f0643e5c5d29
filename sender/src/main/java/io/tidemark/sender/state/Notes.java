package io.tidemark.sender.state;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Single values by key. Only inside work of the database. */
final class Notes {
    /** The highest sequence ever given out or heard of. */
    static final String SEQUENCE = "sequence";
    /** Sequence of the complete that was sealed last. */
    static final String COMPLETE = "complete.sealed";
    /** Identity of the receiver's blob store as last seen. */
    static final String STORE = "store";
    /** Sequence of the bundle whose receipt told the store's identity. */
    static final String STORE_SEQUENCE = "store.sequence";

    private final StateDatabase database;

    Notes(StateDatabase database) {
        this.database = database;
    }

    Optional<String> get(String key) throws SQLException {
        try (ResultSet row =
                database.statement("SELECT value FROM note WHERE key = ?", key).executeQuery()) {
            return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
        }
    }

    void put(String key, String value) throws SQLException {
        database.update("INSERT OR REPLACE INTO note (key, value) VALUES (?, ?)", key, value);
    }

    void remove(String key) throws SQLException {
        database.update("DELETE FROM note WHERE key = ?", key);
    }

    long number(String key) throws SQLException {
        return get(key).map(Long::parseLong).orElse(0L);
    }

    void raise(String key, long value) throws SQLException {
        if (value > number(key)) {
            put(key, Long.toString(value));
        }
    }
}
