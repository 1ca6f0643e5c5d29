package io.tidemark.change;

import io.tidemark.table.TableName;
import io.tidemark.table.TableShape;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The first line of a change file.
 *
 * @param columns that each row has a cell for
 * @param key names of the columns by which rows are found; not empty
 * @param truncated the table was emptied within the range: every row that the file does not bring is gone
 */
public record ChangeHeader(TableName table, List<Column> columns, List<String> key, boolean truncated) {
    public ChangeHeader {
        columns = List.copyOf(columns);
        key = List.copyOf(key);
        Set<String> names = new HashSet<>();
        columns.forEach(column -> names.add(column.name()));
        if (names.size() != columns.size() || key.isEmpty() || !names.containsAll(key)) {
            throw new IllegalArgumentException("columns and key of table " + table + " do not fit");
        }
    }

    /** Of a file that brings whole rows of a table as it is defined. */
    public static ChangeHeader of(TableShape shape) {
        List<Column> columns = shape.copied().stream()
                .map(column -> new Column(column.name(), column.type()))
                .toList();
        return new ChangeHeader(shape.table(), columns, shape.key(), false);
    }

    /** A column and its type, as {@code format_type} prints it with an empty search path. */
    public record Column(String name, String type) {}

    /** Where the key's columns stand in a row, in the key's order. */
    public List<Integer> keyPlaces() {
        List<String> names = columns.stream().map(Column::name).toList();
        return key.stream().map(names::indexOf).toList();
    }
}
