package io.tidemark.database;

import io.tidemark.table.TableName;
import java.util.List;

/**
 * A relation as the catalogue knows it; the fields are those of {@code relations.sql}.
 *
 * @param kind {@code r} table, {@code p} partitioned table, {@code v} view, {@code m} materialised view, {@code S} sequence, {@code f} foreign table
 */
public record Relation(
        long oid,
        TableName name,
        char kind,
        long parent,
        List<Long> inherits,
        long owner,
        boolean heap,
        boolean populated) {
    public Relation {
        inherits = List.copyOf(inherits);
    }

    /** Whether it is a table, partitioned ones included. */
    public boolean isTable() {
        return kind == 'r' || kind == 'p';
    }

    /** Whether it holds rows of its own that travel. */
    public boolean hasRows() {
        return kind == 'r';
    }
}
