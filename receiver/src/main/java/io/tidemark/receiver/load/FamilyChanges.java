package io.tidemark.receiver.load;

import io.tidemark.table.Column;
import io.tidemark.table.TableName;
import io.tidemark.table.TableShape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Changes of tables that inherit from others. A partition has its columns through the table at the top and takes none by itself; what a
 * parent is told reaches those below it. So a change that a whole branch of the family has is carried out once, at its top.
 */
final class FamilyChanges {
    private static final String ONLY = "ALTER TABLE ONLY ";
    private static final String ALL = "ALTER TABLE ";

    private final Families families;
    /** What each table needs or, of what tightens it, has. */
    private final Map<TableName, Set<String>> needs = new HashMap<>();

    private final Set<String> done = new HashSet<>();

    private FamilyChanges(Families families, Map<TableName, TableChange> changes, Map<TableName, TableShape> wanted) {
        this.families = families;
        wanted.forEach((table, shape) ->
                needs.computeIfAbsent(table, name -> new HashSet<>()).addAll(tight(shape)));
        changes.forEach((table, change) -> {
            Set<String> own = needs.computeIfAbsent(table, name -> new HashSet<>());
            change.before().forEach(statement -> own.add(words(table, statement)));
            change.after().forEach(statement -> own.add(words(table, statement)));
        });
    }

    /**
     * @param wanted how the members of the families are to look
     * @return changes of the same tables; with none left to do where another table's bring them along
     */
    static Map<TableName, TableChange> of(
            Families families, Map<TableName, TableChange> changes, Map<TableName, TableShape> wanted) {
        FamilyChanges lifted = new FamilyChanges(families, changes, wanted);
        Map<TableName, TableChange> result = new TreeMap<>();
        changes.forEach((table, change) -> result.put(
                table,
                new TableChange(lifted.statements(table, change.before()), lifted.statements(table, change.after()))));
        return result;
    }

    private List<String> statements(TableName table, List<String> own) {
        List<String> statements = new ArrayList<>();
        for (String statement : own) {
            String words = words(table, statement);
            TableName top = words.contains(" IDENTITY") && !words.startsWith("ADD ") ? table : top(table, words);
            boolean branch = !top.equals(table) || (!families.below(table).isEmpty() && passesOn(table, words));
            String lifted = (branch ? ALL : ONLY) + top.quoted() + " " + words;
            if (done.add(lifted)) {
                statements.add(lifted);
            }
        }
        return statements;
    }

    /** The highest table of which all below it, itself included where it has rows, need the same. */
    private TableName top(TableName table, String words) {
        for (TableName above : families.parents(table)) {
            if (allNeed(above, words) || (families.isPartition(table) && isOfAllPartitions(words))) {
                return top(above, words);
            }
        }
        return table;
    }

    private boolean allNeed(TableName above, String words) {
        return (!families.members().contains(above) || has(above, words))
                && families.below(above).stream().allMatch(below -> has(below, words));
    }

    private boolean has(TableName table, String words) {
        return needs.getOrDefault(table, Set.of()).contains(words);
    }

    /** Of a parent without its children PostgreSQL takes no new column, type or constraint; the children may have it already. */
    private boolean passesOn(TableName table, String words) {
        return words.startsWith("ADD ")
                || words.contains(" TYPE ")
                || families.below(table).stream().allMatch(below -> has(below, words));
    }

    /** What a table may have already of that which others of its family still need. */
    private static Set<String> tight(TableShape shape) {
        Set<String> words = new HashSet<>();
        for (Column column : shape.columns()) {
            if (column.notNull()) {
                words.add("ALTER COLUMN " + TableName.quote(column.name()) + " SET NOT NULL");
            }
        }
        for (TableShape.Check check : shape.checks()) {
            words.add("ADD CONSTRAINT " + TableName.quote(check.name()) + " " + check.definition());
        }
        return words;
    }

    private static boolean isOfAllPartitions(String words) {
        return words.startsWith("ADD COLUMN ") || words.startsWith("DROP COLUMN ") || words.contains(" TYPE ");
    }

    /** What the statement says, without the table's name. */
    private static String words(TableName table, String statement) {
        return statement.substring((ONLY + table.quoted() + " ").length());
    }
}
