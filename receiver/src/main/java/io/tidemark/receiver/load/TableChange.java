package io.tidemark.receiver.load;

import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.table.Column;
import io.tidemark.table.TableName;
import io.tidemark.table.TableShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a table of the replica needs to look like the primary's again: a pure comparison of three shapes. Columns that were never
 * the primary's are the receiver's own and stay.
 *
 * @param before to be done before rows are merged: they loosen, add and drop
 * @param after to be done after: they tighten
 */
public record TableChange(List<String> before, List<String> after) {
    /**
     * @param wanted of the primary, as the complete says
     * @param previous of the primary, as it was last carried out
     * @param actual of the replica
     */
    public static TableChange of(TableShape wanted, TableShape previous, TableShape actual) {
        TableChange change = new TableChange(new ArrayList<>(), new ArrayList<>());
        String alter = "ALTER TABLE ONLY " + wanted.table().quoted() + " ";
        Map<String, Column> there = byName(actual);
        Map<String, Column> past = byName(previous);
        Map<String, Column> future = byName(wanted);
        for (Column column : previous.columns()) {
            if (!future.containsKey(column.name()) && there.containsKey(column.name())) {
                change.before.add(alter + "DROP COLUMN " + TableName.quote(column.name()));
            }
        }
        for (Column column : wanted.columns()) {
            Column present = there.get(column.name());
            if (present == null) {
                change.add(alter, column);
            } else if (!past.containsKey(column.name()) && !previous.columns().isEmpty() && !present.equals(column)) {
                throw collision(wanted.table(), column);
            } else if (!present.equals(column)) {
                change.alter(alter, present, column);
            }
        }
        change.checks(alter, wanted, previous, actual);
        return change;
    }

    boolean empty() {
        return before.isEmpty() && after.isEmpty();
    }

    /** Whether a view that stands on the table would be in the way. */
    boolean disturbsViews() {
        return before.stream().anyMatch(sql -> sql.contains(" DROP COLUMN ") || sql.contains(" TYPE "));
    }

    private void add(String alter, Column column) {
        String name = TableName.quote(column.name());
        StringBuilder sql = new StringBuilder(alter)
                .append("ADD COLUMN ")
                .append(name)
                .append(' ')
                .append(column.type());
        if (column.generated()) {
            sql.append(" GENERATED ALWAYS AS (").append(column.expression()).append(") STORED");
        } else if (!column.expression().isEmpty()) {
            sql.append(" DEFAULT ").append(column.expression());
        }
        if (column.identity() != Column.Identity.NONE) {
            sql.append(" GENERATED ").append(word(column.identity())).append(" AS IDENTITY");
        }
        before.add(sql.toString());
        if (column.notNull() && column.identity() == Column.Identity.NONE) {
            after.add(alter + "ALTER COLUMN " + name + " SET NOT NULL");
        }
    }

    private void alter(String alter, Column present, Column wanted) {
        String column = alter + "ALTER COLUMN " + TableName.quote(wanted.name()) + " ";
        if (present.generated() != wanted.generated()
                || (wanted.generated()
                        && !(present.expression().equals(wanted.expression())
                                && present.type().equals(wanted.type())))) {
            before.add(alter + "DROP COLUMN " + TableName.quote(wanted.name()));
            add(alter, wanted);
            return;
        }
        if (!present.type().equals(wanted.type())) {
            if (!present.expression().isEmpty()) {
                before.add(column + "DROP DEFAULT");
            }
            before.add(column + "TYPE " + wanted.type() + " USING " + TableName.quote(wanted.name()) + "::text::"
                    + wanted.type());
        }
        if (!present.notNull() && wanted.notNull()) {
            after.add(column + "SET NOT NULL"); // ahead of an identity, which needs it
        }
        if (present.identity() != wanted.identity()) {
            identity(column, present, wanted);
        }
        if (!wanted.expression().isEmpty()
                && (!present.expression().equals(wanted.expression())
                        || !present.type().equals(wanted.type()))) {
            before.add(column + "SET DEFAULT " + wanted.expression());
        } else if (wanted.expression().isEmpty() && !present.expression().isEmpty()) {
            before.add(column + "DROP DEFAULT");
        }
        if (present.notNull() && !wanted.notNull()) {
            before.add(column + "DROP NOT NULL");
        }
    }

    private void identity(String column, Column present, Column wanted) {
        if (wanted.identity() == Column.Identity.NONE) {
            before.add(column + "DROP IDENTITY IF EXISTS");
        } else if (present.identity() == Column.Identity.NONE) {
            after.add(column + "ADD GENERATED " + word(wanted.identity()) + " AS IDENTITY");
        } else {
            before.add(column + "SET GENERATED " + word(wanted.identity()));
        }
    }

    private void checks(String alter, TableShape wanted, TableShape previous, TableShape actual) {
        for (TableShape.Check check : actual.checks()) {
            boolean ours = previous.checks().stream().anyMatch(old -> old.name().equals(check.name()));
            if (ours && !wanted.checks().contains(check)) {
                before.add(alter + "DROP CONSTRAINT " + TableName.quote(check.name()));
            }
        }
        for (TableShape.Check check : wanted.checks()) {
            if (!actual.checks().contains(check)) {
                after.add(alter + "ADD CONSTRAINT " + TableName.quote(check.name()) + " " + check.definition());
            }
        }
    }

    private static String word(Column.Identity identity) {
        return identity == Column.Identity.ALWAYS ? "ALWAYS" : "BY DEFAULT";
    }

    private static Map<String, Column> byName(TableShape shape) {
        return shape.columns().stream().collect(Collectors.toMap(Column::name, Function.identity()));
    }

    private static TidemarkException collision(TableName table, Column column) {
        return new TidemarkException(
                FailureCode.DRIFT,
                "table " + table + ": the primary has a new column " + column.name()
                        + ", and the replica has one of its own by that name",
                "rename the replica's column; the next load goes on from there");
    }
}
