package io.tidemark.change;

import io.tidemark.position.Lsn;
import java.util.List;

/**
 * What became of one row, named by its key, over the range of a bundle.
 *
 * @param cells a cell for each column, in the header's order; for {@link Op#DELETE} only those of the key, in the key's order
 * @param formerly keys that the row had before, oldest first: cells that are unchanged, and what a replica has of its own beside the row,
 *     have to be taken from the row under the key that it has there
 */
public record RowChange(Op op, List<Cell> cells, List<Formerly> formerly) {
    public RowChange {
        cells = List.copyOf(cells);
        formerly = List.copyOf(formerly);
    }

    /** A change of a row that kept its key. */
    public static RowChange of(Op op, List<Cell> cells) {
        return new RowChange(op, cells, List.of());
    }

    /** What has to be done. Each can be done again without harm. */
    public enum Op {
        /** The row came to be within the range; every cell has a value. It may be there already on a replica inside the range. */
        INSERT,
        /** The row was there at the range's beginning. */
        UPDATE,
        /** No row has this key any more. Also said of a row that came and went within the range. */
        DELETE
    }

    /**
     * A key that the row had.
     *
     * @param until end of the transaction that took this key from it: a replica at a position before that has the row under this key
     */
    public record Formerly(List<Cell> key, Lsn until) {
        public Formerly {
            key = List.copyOf(key);
        }
    }
}
