package io.tidemark.sender.partial;

import io.tidemark.sender.log.TableDetails;
import io.tidemark.sender.log.TableDetails.Attribute;
import io.tidemark.table.TableName;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What became of the definitions of published tables, as far as it concerns their rows: a pure comparison. A receiver sees columns that
 * come, go, or change their type. It cannot see from the log that all rows are others although their columns are called as before.
 *
 * @param before by name, as partials know the tables up to now
 * @param apart names of tables that were left out of partials, or were gone
 * @param now the same tables, and those that came
 */
record TableMoves(SortedMap<String, TableDetails> before, Set<String> apart, SortedMap<String, TableDetails> now) {

    /** Why partials cannot go on; empty where they can. New columns are judged apart. */
    Optional<String> broken() {
        return now.entrySet().stream()
                .map(table -> broken(table.getKey(), before.get(table.getKey()), table.getValue()))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<String> broken(String name, @Nullable TableDetails earlier, TableDetails table) {
        if (earlier == null) {
            return apart.contains(name)
                    ? Optional.of("table " + name + " had rows already that no partial has told of")
                    : Optional.empty();
        }
        if (earlier.oid() != table.oid()) {
            return Optional.of("table " + name + " was created anew");
        }
        return table.attributes().stream()
                .map(column -> broken(name, earlier, table, column))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> broken(String name, TableDetails earlier, TableDetails table, Attribute column) {
        Optional<Attribute> known = earlier.attribute(column.name())
                .filter(attribute -> attribute.type().equals(column.type()));
        if (known.isEmpty()) {
            return Optional.empty();
        }
        Attribute same = known.get();
        if (same.number() != column.number()) {
            return Optional.of("table " + name + " has another column of the name " + column.name() + " now");
        }
        return !same.version().equals(column.version()) && earlier.file() != table.file()
                ? Optional.of(
                        "all rows of table " + name + " were rewritten with a change of its column " + column.name())
                : Optional.empty();
    }

    /**
     * Why a batch cannot be told as changes of the table that it names; empty where it can.
     *
     * @param oid of the table as the log had it
     */
    Optional<String> broken(TableName name, long oid) {
        TableDetails earlier = before.get(name.toString());
        boolean another = earlier != null && earlier.oid() != oid;
        boolean renamed = now.entrySet().stream()
                .anyMatch(table ->
                        table.getValue().oid() == oid && !table.getKey().equals(name.toString()));
        return another || renamed
                ? Optional.of("table " + name + " was renamed or created anew while it changed")
                : Optional.empty();
    }

    /** Tables that have other columns than before. */
    Set<String> changed() {
        return now.entrySet().stream()
                .filter(table -> before.containsKey(table.getKey()))
                .filter(table -> !columns(Objects.requireNonNull(before.get(table.getKey())))
                        .equals(columns(table.getValue())))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Names of the columns that have come to a table. */
    Set<String> added(String name) {
        Set<String> added = new HashSet<>();
        Objects.requireNonNull(now.get(name)).attributes().forEach(column -> added.add(column.name()));
        Objects.requireNonNull(before.get(name)).attributes().forEach(column -> added.remove(column.name()));
        return added;
    }

    /** Whether all rows were written anew, so that nobody knows what they had in a column before. */
    boolean isRewritten(String name) {
        return Objects.requireNonNull(before.get(name)).file()
                != Objects.requireNonNull(now.get(name)).file();
    }

    private static Map<String, String> columns(TableDetails table) {
        return table.attributes().stream().collect(Collectors.toMap(Attribute::name, Attribute::type));
    }
}
