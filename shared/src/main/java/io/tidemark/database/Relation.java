package io.tidemark.database;

import io.tidemark.table.TableName;

/**
 * A relation as the catalogue knows it; the fields are those of {@code relations.sql}.
 *
 * @param kind {@code r} table, {@code p} partitioned table, {@code v} view, {@code m} materialised view, {@code S} sequence, {@code f} foreign table
 */
public record Relation(
        long oid, TableName name, char kind, long parent, long owner, long pages, boolean heap, boolean populated) {
    /** Whether it holds rows of its own that travel. */
    public boolean hasRows() {
        return kind == 'r';
    }
}
