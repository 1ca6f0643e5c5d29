package io.tidemark.sender.watermark;

import io.tidemark.change.Cell;
import io.tidemark.change.ChangeHeader;
import io.tidemark.database.CopyRows;
import io.tidemark.table.DataFormat;
import io.tidemark.table.TableName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/** Reads rows of one table as COPY prints them, each with what tells its version from every other. */
final class RowQuery {
    /** Columns before the table's own. */
    private static final int OWN = 2;

    private final Connection connection;

    RowQuery(Connection connection) {
        this.connection = connection;
    }

    /** Takes a row. */
    @FunctionalInterface
    interface Rows {
        /**
         * @param writer number of the transaction that wrote it, its lower half
         * @param place page and line
         */
        void row(long writer, String place, List<Cell> cells) throws IOException;
    }

    /** @param condition SQL over row {@code t} */
    void read(WatermarkTable table, String condition, Rows rows) throws SQLException, IOException {
        String columns = table.header().columns().stream()
                .map(ChangeHeader.Column::name)
                .map(name -> ", t." + TableName.quote(name))
                .collect(Collectors.joining());
        String copy = "COPY (SELECT t.xmin, t.ctid" + columns + " FROM ONLY "
                + table.name().quoted() + " t WHERE " + condition + ") TO STDOUT";
        try {
            CopyRows.read(connection, copy, DataFormat.TEXT, (bytes, offset, length) -> {
                List<Cell> cells = CopyText.cells(bytes, offset, length);
                try {
                    rows.row(
                            Long.parseLong(String.valueOf(cells.get(0).text())),
                            String.valueOf(cells.get(1).text()),
                            cells.subList(OWN, cells.size()));
                } catch (IOException disk) {
                    throw new UncheckedIOException(disk);
                }
            });
        } catch (UncheckedIOException disk) {
            throw disk.getCause();
        }
    }
}
