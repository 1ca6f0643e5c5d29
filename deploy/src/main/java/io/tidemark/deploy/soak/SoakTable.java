package io.tidemark.deploy.soak;

import io.tidemark.table.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * A generated table.
 *
 * @param key its columns; of a table without a key those that its rows are found by
 * @param columns all others
 * @param statements that create it
 */
record SoakTable(String name, List<Column> key, List<Column> columns, List<String> statements) {
    private static final int KEYS = 150;

    SoakTable {
        key = List.copyOf(key);
        columns = List.copyOf(columns);
        statements = List.copyOf(statements);
    }

    /** @param parent quoted name of the table whose key the column names; empty for none */
    record Column(String name, String type, String parent) {
        String quoted() {
            return TableName.quote(name);
        }
    }

    /** A column that some time may be there: {@code number} tells which. */
    static String extra(int number) {
        return "x" + number;
    }

    String quoted() {
        return TableName.quote(name);
    }

    String names() {
        return all().stream().map(Column::quoted).collect(Collectors.joining(", "));
    }

    private List<Column> all() {
        List<Column> all = new ArrayList<>(key);
        all.addAll(columns);
        return all;
    }

    String insert(Random random) {
        StringBuilder rows = new StringBuilder();
        for (int left = 1 + random.nextInt(6); left > 0; left--) {
            rows.append(rows.isEmpty() ? "" : ", ")
                    .append('(')
                    .append(row(random))
                    .append(')');
        }
        return "insert into " + quoted() + " (" + names() + ") values " + rows
                + (random.nextBoolean() ? " on conflict do nothing" : "");
    }

    private String row(Random random) {
        return all().stream().map(column -> value(random, column)).collect(Collectors.joining(", "));
    }

    private String value(Random random, Column column) {
        return key.contains(column) || !column.parent().isEmpty()
                ? Values.key(random, column.type(), KEYS)
                : Values.any(random, column.type());
    }

    /** Of a few columns, so that what lies outside of the row often stays as it is. */
    String update(Random random) {
        if (columns.isEmpty()) {
            return move(random);
        }
        List<String> set = new ArrayList<>();
        for (Column column : columns) {
            if (random.nextInt(3) == 0) {
                set.add(column.quoted() + " = " + value(random, column));
            }
        }
        if (set.isEmpty()) {
            Column column = columns.get(random.nextInt(columns.size()));
            set.add(column.quoted() + " = " + value(random, column));
        }
        return "update " + quoted() + " set " + String.join(", ", set) + " where " + where(random);
    }

    /** Of a column that may not be there. */
    String updateExtra(Random random) {
        return "update " + quoted() + " set " + extra(random.nextInt(4)) + " = '" + random.nextInt(2) + "' where "
                + where(random);
    }

    /** Takes another key, and often nothing else. */
    String move(Random random) {
        Column moved = key.get(random.nextInt(key.size()));
        return "update " + quoted() + " set " + moved.quoted() + " = " + value(random, moved) + " where "
                + where(random);
    }

    String delete(Random random) {
        return "delete from " + quoted() + " where " + where(random);
    }

    String truncate() {
        return "truncate " + quoted() + " cascade";
    }

    private String where(Random random) {
        Column first = key.get(0);
        String one = first.quoted() + " = " + value(random, first);
        return random.nextInt(12) == 0
                ? first.quoted() + " in (select " + first.quoted() + " from " + quoted() + " order by random() limit "
                        + (1 + random.nextInt(20)) + ")"
                : one;
    }
}
