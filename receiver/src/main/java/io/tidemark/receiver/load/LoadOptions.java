package io.tidemark.receiver.load;

import io.tidemark.table.TableName;
import java.util.function.Predicate;

/**
 * How a complete is loaded.
 *
 * @param workers parallel sessions, at least 1
 * @param adopt tables that may be taken over although Tidemark did not load them
 * @param rowDrop a table of {@link ReplicaTables#GUARDED_ROWS} rows or more has to keep this share of them, 0 to 1
 * @param acceptRowDrop the guard is off for this load
 */
public record LoadOptions(int workers, Predicate<TableName> adopt, double rowDrop, boolean acceptRowDrop) {}
