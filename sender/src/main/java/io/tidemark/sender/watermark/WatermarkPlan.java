package io.tidemark.sender.watermark;

import io.tidemark.bundle.Manifest.LeftOut;
import io.tidemark.database.Catalogue;
import io.tidemark.database.Relation;
import io.tidemark.database.TableInfo;
import io.tidemark.sender.settings.WatermarkColumns;
import io.tidemark.table.Column;
import io.tidemark.table.TableShape;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Which tables are followed, and by which column.
 *
 * @param followed tables with a column that grows
 * @param others tables without, whose rows come along with rows that refer to them
 * @param excluded what travels with completes only, and why; the others are among it
 */
public record WatermarkPlan(List<WatermarkTable> followed, List<WatermarkTable> others, List<LeftOut> excluded) {
    /** Looked for where the settings name no column. */
    private static final List<String> USUAL = List.of(
            "updated_at",
            "modified_at",
            "changed_at",
            "last_modified",
            "last_updated",
            "updated_on",
            "modified_on",
            "date_updated",
            "date_modified",
            "updated",
            "modified",
            "write_date");

    public WatermarkPlan {
        followed = List.copyOf(followed);
        others = List.copyOf(others);
        excluded = List.copyOf(excluded);
    }

    public static WatermarkPlan of(Catalogue catalogue, Collection<Relation> selected, WatermarkColumns columns) {
        Planning planning = new Planning(columns);
        selected.stream()
                .filter(Relation::hasRows)
                .map(relation -> catalogue.table(relation.name()))
                .flatMap(Optional::stream)
                .forEach(planning::decide);
        return new WatermarkPlan(planning.followed, planning.others, planning.excluded);
    }

    /** The decisions, table by table. */
    private static final class Planning {
        private final List<WatermarkTable> followed = new ArrayList<>();
        private final List<WatermarkTable> others = new ArrayList<>();
        private final List<LeftOut> excluded = new ArrayList<>();
        private final WatermarkColumns columns;

        private Planning(WatermarkColumns columns) {
            this.columns = columns;
        }

        private void decide(TableInfo table) {
            Optional<String> problem = problem(table);
            if (problem.isPresent()) {
                leaveOut(table, problem.get());
                return;
            }
            Optional<WatermarkTable.Column> column = column(table.shape());
            if (column.isPresent()) {
                followed.add(new WatermarkTable(table, column.get()));
            } else {
                others.add(new WatermarkTable(table, null));
                leaveOut(table, withoutColumn(table.shape()));
            }
        }

        private void leaveOut(TableInfo table, String reason) {
            excluded.add(new LeftOut("table " + table.relation().name(), reason));
        }

        private static Optional<String> problem(TableInfo table) {
            if (table.shape().key().isEmpty()) {
                return Optional.of("it has no usable key");
            }
            if (!table.shape().copied().stream()
                    .map(Column::name)
                    .toList()
                    .containsAll(table.shape().key())) {
                return Optional.of("a generated column is part of its key");
            }
            return table.relation().heap() ? Optional.empty() : Optional.of("its rows are not stored in a heap");
        }

        private Optional<WatermarkTable.Column> column(TableShape shape) {
            for (String name : names(shape)) {
                for (Column column : shape.columns()) {
                    Optional<WatermarkTable.Kind> kind = WatermarkTable.Kind.of(column.type());
                    if (column.name().equals(name)
                            && kind.isPresent()
                            && (!columns.isEmpty() || kind.get().isTime())) {
                        return Optional.of(new WatermarkTable.Column(name, kind.get()));
                    }
                }
            }
            return Optional.empty();
        }

        private List<String> names(TableShape shape) {
            return columns.isEmpty() ? USUAL : columns.of(shape.table());
        }

        private String withoutColumn(TableShape shape) {
            if (columns.isEmpty()) {
                return "no column tells when its rows changed (watermark.columns can name one)";
            }
            List<String> names = names(shape);
            return names.isEmpty()
                    ? "watermark.columns names no column of it"
                    : "it has no column " + String.join(" or ", names) + " of times or integers";
        }
    }
}
