package io.tidemark.sender.capture;

import io.tidemark.bundle.Manifest.LeftOut;
import io.tidemark.database.Catalogue;
import io.tidemark.database.Relation;
import io.tidemark.database.TableInfo;
import io.tidemark.table.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which relations of the primary a complete holds. A partition follows its partitioned table, and a sequence the table that owns it or
 * whose default uses it; everything else is decided by the settings' globs.
 */
final class Selection {
    private final List<TableInfo> tables = new ArrayList<>();
    private final List<Relation> included = new ArrayList<>();
    private final List<Relation> excluded = new ArrayList<>();
    private final List<LeftOut> leftOut = new ArrayList<>();

    /** @param neededSequences oids of sequences that defaults of included tables use */
    static Selection of(Catalogue catalogue, Predicate<TableName> wanted, Set<Long> neededSequences) {
        Selection selection = new Selection();
        Set<Long> tables = tablesIncluded(catalogue, wanted);
        for (Relation relation : catalogue.relations()) {
            boolean in = relation.kind() == 'S'
                    ? tables.contains(relation.owner())
                            || neededSequences.contains(relation.oid())
                            || (relation.owner() == 0 && wanted.test(relation.name()))
                    : tables.contains(relation.oid());
            (in ? selection.included : selection.excluded).add(relation);
            if (in && relation.hasRows()) {
                catalogue.table(relation.name()).ifPresent(selection.tables::add);
            }
            if (!in && "rp".indexOf(relation.kind()) >= 0) {
                selection.leftOut.add(
                        new LeftOut("table " + relation.name(), "left out by tables.include and tables.exclude"));
            }
        }
        return selection;
    }

    /** The oids of what the globs take, sequences aside: tables, views, materialised views, foreign tables. */
    static Set<Long> tablesIncluded(Catalogue catalogue, Predicate<TableName> wanted) {
        Map<Long, Relation> byOid = new HashMap<>();
        catalogue.relations().forEach(relation -> byOid.put(relation.oid(), relation));
        Set<Long> in = new HashSet<>();
        for (Relation relation : catalogue.relations()) {
            Relation root = relation;
            while (root.parent() != 0 && byOid.containsKey(root.parent())) {
                root = byOid.get(root.parent());
            }
            if (relation.kind() != 'S' && wanted.test(root.name())) {
                in.add(relation.oid());
            }
        }
        return in;
    }

    /** Tables with rows of their own, largest first, so that parallel copies end together. */
    List<TableInfo> tables() {
        return tables.stream()
                .sorted((a, b) ->
                        Long.compare(b.relation().pages(), a.relation().pages()))
                .toList();
    }

    List<Relation> included() {
        return included;
    }

    List<Relation> excluded() {
        return excluded;
    }

    List<Relation> sequences() {
        return included.stream().filter(relation -> relation.kind() == 'S').toList();
    }

    List<LeftOut> leftOut() {
        return leftOut;
    }
}
