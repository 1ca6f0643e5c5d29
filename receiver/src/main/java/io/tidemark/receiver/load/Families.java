package io.tidemark.receiver.load;

import io.tidemark.database.Catalogue;
import io.tidemark.database.Relation;
import io.tidemark.table.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which tables inherit from which.
 *
 * @param above the parents of each table that has some
 * @param partitions the tables among these that are partitions
 * @param members tables that have rows of their own and are the primary's too
 */
record Families(Map<TableName, List<TableName>> above, Set<TableName> partitions, Set<TableName> members) {
    Families {
        above = Map.copyOf(above);
        partitions = Set.copyOf(partitions);
        members = Set.copyOf(members);
    }

    /** @param leaving tables that will not be under their parents any more */
    static Families of(Catalogue catalogue, Set<TableName> members, Set<TableName> leaving) {
        Map<Long, TableName> names =
                catalogue.relations().stream().collect(Collectors.toMap(Relation::oid, Relation::name));
        Map<TableName, List<TableName>> above = new HashMap<>();
        Set<TableName> partitions = new LinkedHashSet<>();
        for (Relation relation : catalogue.relations()) {
            List<Long> oids = new ArrayList<>(relation.inherits());
            if (relation.parent() != 0) {
                oids.add(relation.parent());
                partitions.add(relation.name());
            }
            List<TableName> parents = oids.stream()
                    .filter(names::containsKey)
                    .map(names::get)
                    .sorted()
                    .toList();
            if (!parents.isEmpty() && !leaving.contains(relation.name())) {
                above.put(relation.name(), parents);
            }
        }
        return new Families(above, partitions, members);
    }

    List<TableName> parents(TableName table) {
        return above.getOrDefault(table, List.of());
    }

    /** The members at any depth below a table. */
    List<TableName> below(TableName table) {
        return members.stream()
                .filter(member -> !member.equals(table) && isUnder(member, table))
                .toList();
    }

    private boolean isUnder(TableName table, TableName ancestor) {
        return table.equals(ancestor) || parents(table).stream().anyMatch(parent -> isUnder(parent, ancestor));
    }

    boolean isPartition(TableName table) {
        return partitions.contains(table);
    }
}
