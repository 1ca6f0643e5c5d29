package io.tidemark.receiver.load;

import io.tidemark.table.DataFormat;
import io.tidemark.table.TableDigest;
import io.tidemark.table.TableName;
import io.tidemark.table.TableShape;

/**
 * A replicated table as it was last proven.
 *
 * @param loaded false from its creation until its first rows are committed
 * @param sequence of the bundle at which it was proven
 * @param writers see {@link RowWriters}; empty where unknown
 */
record RelationState(
        TableName table,
        boolean loaded,
        long sequence,
        long rows,
        TableDigest digest,
        DataFormat format,
        TableShape shape,
        String writers) {
    /** After its definition changed: its rows have to be looked at again. */
    RelationState withShape(TableShape changed) {
        return new RelationState(table, loaded, sequence, rows, digest, format, changed, "");
    }
}
