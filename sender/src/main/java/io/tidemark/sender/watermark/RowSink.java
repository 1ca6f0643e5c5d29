package io.tidemark.sender.watermark;

import io.tidemark.change.Cell;
import java.io.IOException;
import java.util.List;

/** Takes rows that have to travel, each once. */
@FunctionalInterface
public interface RowSink {
    /** @param cells of the columns that the table's header names */
    void row(WatermarkTable table, List<Cell> cells) throws IOException;
}
