package io.tidemark.table;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.tidemark.blob.BlobId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

/**
 * What a table looks like.
 *
 * @param columns in catalogue order
 * @param key names of the columns by which a row is found again: the primary key, else a unique index over NOT NULL columns that is
 *     neither partial, nor on expressions, nor deferrable; empty where the table has none
 * @param checks its own CHECK constraints, ordered by name
 */
public record TableShape(TableName table, List<Column> columns, List<String> key, List<Check> checks) {
    public TableShape {
        columns = List.copyOf(columns);
        key = List.copyOf(key);
        checks = List.copyOf(checks);
    }

    /** A CHECK constraint; {@code definition} as {@code pg_get_constraintdef} prints it. */
    public record Check(String name, String definition) {}

    /** The columns whose values travel, in catalogue order: all but the generated ones. */
    @JsonIgnore
    public List<Column> copied() {
        return columns.stream().filter(column -> !column.generated()).toList();
    }

    /** SHA-256 over everything above: equal fingerprints mean equal shapes. */
    public String fingerprint() {
        MessageDigest digest = BlobId.sha256();
        digest.update(toString().getBytes(StandardCharsets.UTF_8));
        return BlobId.of(digest).hex();
    }
}
