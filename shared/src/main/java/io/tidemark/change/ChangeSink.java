package io.tidemark.change;

import java.io.IOException;
import java.util.List;

/** Takes what became of a table's rows, each key once. */
@FunctionalInterface
public interface ChangeSink {
    /**
     * @param cells of the whole row, or of the key where it is a delete
     * @param formerly oldest first; empty unless cells are unchanged
     */
    void row(RowChange.Op op, Tuple cells, List<Former> formerly) throws IOException;
}
