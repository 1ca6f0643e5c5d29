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
public record RelationState(
        TableName table,
        boolean loaded,
        long sequence,
        long rows,
        TableDigest digest,
        DataFormat format,
        TableShape shape,
        String writers) {
    /**
     * Whether a complete that is loaded brought it. Else it was made by one whose load was cut off, and holds rows of a position that the
     * rest of the replica is not at.
     *
     * @param lastComplete sequence of the complete that was loaded last
     */
    public boolean arrived(long lastComplete) {
        return loaded && sequence > 0 && sequence <= lastComplete;
    }

    RelationState withRows(long counted) {
        return new RelationState(table, loaded, sequence, counted, digest, format, shape, writers);
    }

    /** After its definition changed: its rows have to be looked at again. */
    public RelationState withShape(TableShape changed) {
        return new RelationState(table, loaded, sequence, rows, digest, format, changed, "");
    }
}
