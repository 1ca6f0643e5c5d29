package io.tidemark.sender.log;

import io.tidemark.change.ChangeHeader;
import io.tidemark.table.TableName;
import java.util.List;

/**
 * A table as the log describes its rows at one place.
 *
 * @param relation as the log told it
 * @param columns with their types by name
 * @param key by which its rows are told apart; empty where it has none (any more)
 */
public record TableLayout(LogMessage.Relation relation, List<ChangeHeader.Column> columns, List<String> key) {
    public TableLayout {
        columns = List.copyOf(columns);
        key = List.copyOf(key);
    }

    public TableName table() {
        return relation.table();
    }

    public int[] keyPlaces() {
        List<String> names = columns.stream().map(ChangeHeader.Column::name).toList();
        return key.stream().mapToInt(names::indexOf).toArray();
    }

    /** Whether rows of both can stand in one change file; the table may have been created anew meanwhile. */
    public boolean isAlike(TableLayout other) {
        return relation.id() == other.relation.id() && columns.equals(other.columns) && key.equals(other.key);
    }
}
