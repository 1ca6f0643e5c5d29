package io.tidemark.sender.capture;

import io.tidemark.database.TableInfo;
import io.tidemark.table.Column;
import io.tidemark.table.DataFormat;
import io.tidemark.table.TableName;
import java.util.stream.Collectors;

/**
 * How one table is cut: at fixed heap pages, so that an untouched part gives the same bytes every day.
 *
 * @param index of the table in the manifest
 * @param pagesPerPart a power of two, {@link #MIN_PAGES} and up
 * @param parts at least 1, at most {@link #MAX_PARTS}
 */
record PartPlan(int index, TableInfo table, DataFormat format, int pagesPerPart, int parts) {
    /** About 4 MB of heap with PostgreSQL's usual pages. */
    static final int MIN_PAGES = 512;

    static final int MAX_PARTS = 16_384;

    /** @param tablePages of the main fork, counted once the snapshot was there */
    static PartPlan of(int index, TableInfo table, DataFormat format, long tablePages) {
        long pages = table.relation().heap() ? tablePages : 0;
        int pagesPerPart = MIN_PAGES;
        while (pages > (long) pagesPerPart * MAX_PARTS) {
            pagesPerPart *= 2;
        }
        int parts = (int) Math.max(1, (pages + pagesPerPart - 1) / pagesPerPart);
        return new PartPlan(index, table, format, pagesPerPart, parts);
    }

    /** The last part has no upper end: rows of the snapshot cannot lie beyond the pages counted, and if they did, they would be in it. */
    String copy(int part) {
        String columns = table.shape().copied().stream()
                .map(Column::name)
                .map(TableName::quote)
                .collect(Collectors.joining(", "));
        return "COPY (SELECT " + columns + " FROM ONLY " + table.shape().table().quoted() + range(part)
                + ") TO STDOUT (FORMAT " + format.word() + ")";
    }

    /** The condition that selects the rows of a part; empty where it is the whole table. */
    String range(int part) {
        StringBuilder where = new StringBuilder();
        if (part > 0) {
            where.append(" WHERE ctid >= '(").append((long) part * pagesPerPart).append(",0)'");
        }
        if (part < parts - 1) {
            where.append(part > 0 ? " AND" : " WHERE")
                    .append(" ctid < '(")
                    .append((part + 1L) * pagesPerPart)
                    .append(",0)'");
        }
        return where.toString();
    }
}
