package io.tidemark.receiver.load.partial;

import io.tidemark.bundle.Manifest;
import io.tidemark.change.ChangeHeader;
import io.tidemark.table.Column;
import io.tidemark.table.ConstantDefault;
import io.tidemark.table.TableShape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the columns of a change file stand to those that the replica has of the primary's table: a pure comparison.
 *
 * @param added columns of the primary that can be added here without harm
 * @param differences all others, for people; where there is one, the changes cannot be applied
 */
record Drift(List<Column> added, List<String> differences) {
    Drift {
        added = List.copyOf(added);
        differences = List.copyOf(differences);
    }

    /** @param known the table as the primary had it when it was last carried out here */
    static Drift of(Manifest.Changes changes, TableShape known) {
        Map<String, String> here = new LinkedHashMap<>();
        known.copied().forEach(column -> here.put(column.name(), column.type()));
        List<Column> added = new ArrayList<>();
        List<String> differences = new ArrayList<>();
        for (ChangeHeader.Column column : changes.columns()) {
            String type = here.remove(column.name());
            if (type == null) {
                addition(changes, column, added, differences);
            } else if (!type.equals(column.type())) {
                differences.add(
                        "column " + column.name() + " is " + column.type() + " on the primary and " + type + " here");
            }
        }
        here.forEach((name, type) -> differences.add("column " + name + " (" + type + ") is gone on the primary"));
        if (!differences.isEmpty()) {
            added.forEach(column -> differences.add(newOne(column.name(), column.type())));
        }
        return new Drift(added, differences);
    }

    private static String newOne(String name, String type) {
        return "column " + name + " (" + type + ") is new on the primary";
    }

    private static void addition(
            Manifest.Changes changes, ChangeHeader.Column column, List<Column> added, List<String> differences) {
        TableShape shape = changes.shape();
        Column defined = shape == null
                ? null
                : shape.copied().stream()
                        .filter(each ->
                                each.name().equals(column.name()) && each.type().equals(column.type()))
                        .findFirst()
                        .orElse(null);
        String what = newOne(column.name(), column.type());
        if (defined == null) {
            differences.add(what + " and was changed again since");
        } else if (defined.notNull() || defined.identity() != Column.Identity.NONE) {
            differences.add(what + " and cannot be null");
        } else if (!defined.expression().isEmpty() && !ConstantDefault.is(defined.expression())) {
            differences.add(what + " with the default " + defined.expression() + ", which is no constant");
        } else {
            added.add(defined);
        }
    }

    boolean none() {
        return added.isEmpty() && differences.isEmpty();
    }
}
