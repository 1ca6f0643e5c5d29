package io.tidemark.sender.capture;

import io.tidemark.bundle.Manifest.LeftOut;
import io.tidemark.database.Catalogue;
import io.tidemark.database.Relation;
import io.tidemark.database.TableInfo;
import io.tidemark.settings.TableSelection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
    static Selection of(Catalogue catalogue, TableSelection wanted, Set<Long> neededSequences) {
        Selection selection = new Selection();
        Set<Long> tables = tablesIncluded(catalogue.relations(), wanted);
        for (Relation relation : catalogue.relations()) {
            boolean in = relation.kind() == 'S'
                    ? tables.contains(relation.owner())
                            || neededSequences.contains(relation.oid())
                            || (relation.owner() == 0 && wanted.matches(relation.name()))
                    : tables.contains(relation.oid());
            (in ? selection.included : selection.excluded).add(relation);
            if (in && relation.hasRows()) {
                catalogue.table(relation.name()).ifPresent(selection.tables::add);
            }
            if (!in && relation.isTable()) {
                boolean orphan =
                        wanted.matches(relation.name()) && !relation.inherits().isEmpty();
                selection.leftOut.add(new LeftOut(
                        "table " + relation.name(),
                        orphan
                                ? "inherits from a table that is left out"
                                : "left out by tables.include and tables.exclude"));
            }
        }
        return selection;
    }

    /**
     * The oids of what the globs take, sequences aside: tables, views, materialised views, foreign tables. A table cannot be defined
     * without those that it inherits from, and goes with them.
     */
    static Set<Long> tablesIncluded(List<Relation> relations, TableSelection wanted) {
        Map<Long, Relation> byOid = new HashMap<>();
        relations.forEach(relation -> byOid.put(relation.oid(), relation));
        Set<Long> in = new HashSet<>();
        for (Relation relation : relations) {
            if (relation.kind() != 'S' && wanted(relation, byOid, wanted)) {
                in.add(relation.oid());
            }
        }
        for (boolean fell = true; fell; ) {
            fell = relations.stream()
                    .filter(relation -> in.contains(relation.oid()) && !in.containsAll(relation.inherits()))
                    .map(relation -> in.remove(relation.oid()))
                    .toList()
                    .contains(true);
        }
        return in;
    }

    /** A partition is wanted with the table that it is part of, unless it or one between them is excluded by name. */
    private static boolean wanted(Relation relation, Map<Long, Relation> byOid, TableSelection wanted) {
        Relation root = relation;
        for (Relation up = byOid.get(relation.parent()); up != null; up = byOid.get(up.parent())) {
            if (wanted.exclude().matches(root.name())) {
                return false;
            }
            root = up;
        }
        return wanted.matches(root.name());
    }

    /** Tables with rows of their own. */
    List<TableInfo> tables() {
        return tables;
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
