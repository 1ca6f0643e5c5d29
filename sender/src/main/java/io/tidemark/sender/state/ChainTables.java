package io.tidemark.sender.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

/**
 * The tables whose changes travel with partials, as they were when that was last looked at.
 *
 * @param definitions by name: something that changes with the table's definition
 * @param details by name: what has to be known to judge the next change of its definition
 * @param apart tables that are left out of partials, or are not there any more: they cannot come in without a complete
 */
public record ChainTables(
        SortedMap<String, String> definitions, SortedMap<String, String> details, SortedSet<String> apart) {
    private static final String NEW_TABLES = "new tables: ";
    private static final String CHANGED_TABLES = "tables defined anew: ";

    public static ChainTables of(SortedMap<String, String> definitions) {
        return new ChainTables(definitions, new TreeMap<>(), new TreeSet<>());
    }

    /** Whether a complete is asked for because of tables that came or changed, and nothing has gone wrong. */
    static boolean isRoutine(String reason) {
        return reason.startsWith(NEW_TABLES) || reason.startsWith(CHANGED_TABLES);
    }

    /** Why a complete is needed after this; empty where none is. */
    Optional<String> reason(ChainTables now) {
        List<String> reasons = new ArrayList<>();
        String fresh = now.names((name, definition) -> !definitions.containsKey(name));
        String changed = now.names(
                (name, definition) -> definitions.containsKey(name) && !definition.equals(definitions.get(name)));
        if (!fresh.isEmpty()) {
            reasons.add(NEW_TABLES + fresh);
        }
        if (!changed.isEmpty()) {
            reasons.add(CHANGED_TABLES + changed);
        }
        return reasons.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", reasons));
    }

    private String names(BiPredicate<String, String> which) {
        return definitions.entrySet().stream()
                .filter(table -> which.test(table.getKey(), table.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.joining(", "));
    }
}
