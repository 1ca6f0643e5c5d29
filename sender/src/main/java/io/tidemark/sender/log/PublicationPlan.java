package io.tidemark.sender.log;

import io.tidemark.bundle.Manifest.LeftOut;
import io.tidemark.database.Catalogue;
import io.tidemark.database.Relation;
import io.tidemark.database.TableInfo;
import io.tidemark.table.TableName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the publication has to name. A partitioned table is named itself where it and all below it can be published, so that new partitions
 * flow by themselves; else its partitions one by one.
 *
 * @param named tables and partitioned tables that the publication has to name
 * @param rows tables with rows of their own whose changes travel
 * @param excluded tables that travel with completes only, and why
 */
public record PublicationPlan(List<Relation> named, List<TableName> rows, List<LeftOut> excluded) {
    public PublicationPlan {
        named = List.copyOf(named);
        rows = List.copyOf(rows);
        excluded = List.copyOf(excluded);
    }

    public static PublicationPlan of(
            Catalogue catalogue, Collection<Relation> selected, Map<Long, Identity> identities) {
        Planning planning = new Planning(catalogue, selected, identities);
        selected.stream()
                .filter(relation -> !planning.isSelected(relation.parent()))
                .forEach(planning::decide);
        return new PublicationPlan(planning.named, planning.rows, planning.excluded);
    }

    /** The decisions, from each root downwards. */
    private static final class Planning {
        private final List<Relation> named = new ArrayList<>();
        private final List<TableName> rows = new ArrayList<>();
        private final List<LeftOut> excluded = new ArrayList<>();
        private final Catalogue catalogue;
        private final Map<Long, Identity> identities;
        private final Set<Long> selected = new HashSet<>();
        private final Map<Long, List<Relation>> below = new HashMap<>();

        private Planning(Catalogue catalogue, Collection<Relation> selected, Map<Long, Identity> identities) {
            this.catalogue = catalogue;
            this.identities = identities;
            selected.forEach(relation -> this.selected.add(relation.oid()));
            for (Relation relation : catalogue.relations()) {
                if (relation.parent() != 0) {
                    below.computeIfAbsent(relation.parent(), parent -> new ArrayList<>())
                            .add(relation);
                }
            }
        }

        private boolean isSelected(long oid) {
            return selected.contains(oid);
        }

        private void decide(Relation relation) {
            if (isWhole(relation)) {
                named.add(relation);
                leaves(relation);
                return;
            }
            if (relation.hasRows()) {
                excluded.add(new LeftOut("table " + relation.name(), problem(relation)));
            }
            below(relation).stream().filter(part -> isSelected(part.oid())).forEach(this::decide);
        }

        private boolean isWhole(Relation relation) {
            return isSelected(relation.oid())
                    && problem(relation).isEmpty()
                    && below(relation).stream().allMatch(this::isWhole);
        }

        private void leaves(Relation relation) {
            if (relation.hasRows()) {
                rows.add(relation.name());
            }
            below(relation).forEach(this::leaves);
        }

        private List<Relation> below(Relation relation) {
            return below.getOrDefault(relation.oid(), List.of());
        }

        private String problem(Relation relation) {
            Identity identity = identities.get(relation.oid());
            if (identity == null) {
                return "it has only just come";
            }
            boolean hasKey = catalogue
                    .table(relation.name())
                    .map(TableInfo::shape)
                    .filter(shape -> !shape.key().isEmpty())
                    .isPresent();
            return identity.problem(hasKey).map(Identity.Problem::text).orElse("");
        }
    }
}
