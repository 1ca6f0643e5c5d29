package io.tidemark.sender.partial;

import io.tidemark.database.Catalogue;
import io.tidemark.database.Relation;
import io.tidemark.database.TableInfo;
import io.tidemark.failure.DamagedException;
import io.tidemark.json.StrictJson;
import io.tidemark.sender.capture.SelectedTables;
import io.tidemark.sender.log.LogSource;
import io.tidemark.sender.log.TableDetails;
import io.tidemark.sender.log.TableLayout;
import io.tidemark.sender.state.ChainTables;
import io.tidemark.settings.TableSelection;
import io.tidemark.table.Column;
import io.tidemark.table.ConstantDefault;
import io.tidemark.table.TableName;
import io.tidemark.table.TableShape;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Sees what the log does not tell: how the definitions of published tables change. To be asked once changes have been read and before they
 * are sent, so that a definition that changed meanwhile is noticed in time.
 */
final class DefinitionWatch {
    private final LogSource source;
    private final Catalogue catalogue;
    private final TableSelection wanted;
    private final Set<TableName> published;
    /** Of those. */
    private final List<Long> oids;

    private final Set<TableName> excluded;
    private final SortedMap<String, TableDetails> atBeginning;

    /**
     * To be made before it is decided how far the log is read.
     *
     * @param catalogue holds what {@code wanted} takes
     */
    DefinitionWatch(LogSource source, Catalogue catalogue, Collection<TableName> published, TableSelection wanted) {
        this.source = source;
        this.catalogue = catalogue;
        this.published = Set.copyOf(published);
        this.oids = catalogue.relations().stream()
                .filter(relation -> this.published.contains(relation.name()))
                .map(Relation::oid)
                .toList();
        this.wanted = wanted;
        this.excluded = SelectedTables.of(catalogue, wanted).stream()
                .filter(Relation::hasRows)
                .map(Relation::name)
                .filter(name -> !this.published.contains(name))
                .collect(Collectors.toSet());
        this.atBeginning = details();
    }

    /**
     * What was seen.
     *
     * @param broken why no partial may say what was read; empty where it may
     * @param catalogue as it is now
     * @param changed tables that had other columns already when the tick began, which its partial has to say even where no row changed
     * @param tables to be remembered once that partial is whole
     */
    record Seen(Optional<String> broken, Catalogue catalogue, List<TableShape> changed, ChainTables tables) {}

    /** The tables as a chain begins with them. */
    ChainTables baseline() {
        return tables(shapes(catalogue), atBeginning, new TreeSet<>());
    }

    /**
     * @param before as partials know the tables up to now
     * @throws io.tidemark.failure.TidemarkException (DATABASE) where a change is in the log and cannot be seen yet
     */
    Seen look(ChainTables before, Collection<TableBatch> batch) {
        source.awaitDefinitions(oids);
        SortedMap<String, TableDetails> now = details();
        SortedMap<String, TableDetails> earlier = new TreeMap<>();
        before.details().forEach((name, json) -> read(json).ifPresent(table -> earlier.put(name, table)));
        Catalogue fresh = now.equals(earlier) ? catalogue : source.catalogue(wanted);
        TableMoves moves = new TableMoves(earlier, before.apart(), now);
        Set<String> moved = moves.changed();
        Map<String, TableShape> shapes = shapes(fresh);
        Optional<String> broken =
                moves.broken().or(() -> broken(moves, batch)).or(() -> unknownValues(moves, moved, shapes));
        List<TableShape> changed = new ArrayList<>();
        SortedSet<String> apart = new TreeSet<>(before.apart());
        apart.addAll(before.definitions().keySet());
        ChainTables tables = tables(shapes, now, apart);
        for (String name : moved) {
            TableDetails table = Objects.requireNonNull(now.get(name));
            Optional<TableLayout> told = layout(batch, name);
            TableShape shape = shapes.get(name);
            if (told.isEmpty() && shape != null && table.equals(atBeginning.get(name))) {
                changed.add(shape);
            } else if (told.filter(layout -> isAlike(layout, table)).isEmpty()) {
                keep(before, tables, name);
            }
        }
        return new Seen(broken, fresh, changed, tables);
    }

    private static Optional<String> broken(TableMoves moves, Collection<TableBatch> batch) {
        return batch.stream()
                .map(TableBatch::layout)
                .map(layout -> moves.broken(
                        layout.table(), Integer.toUnsignedLong(layout.relation().id())))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<TableLayout> layout(Collection<TableBatch> batch, String table) {
        return batch.stream()
                .filter(rows -> !rows.isEmpty())
                .map(TableBatch::layout)
                .filter(layout -> layout.table().toString().equals(table))
                .findFirst();
    }

    private static boolean isAlike(TableLayout layout, TableDetails table) {
        return layout.columns().size() == table.attributes().size()
                && layout.columns().stream()
                        .allMatch(column -> table.attribute(column.name())
                                .filter(same -> same.type().equals(column.type()))
                                .isPresent());
    }

    /** What changed after the tick's rows were read is said by the partial after it. */
    private static void keep(ChainTables before, ChainTables tables, String name) {
        Optional.ofNullable(before.definitions().get(name))
                .ifPresent(known -> tables.definitions().put(name, known));
        Optional.ofNullable(before.details().get(name))
                .ifPresent(known -> tables.details().put(name, known));
    }

    /** A receiver adds a column by its definition; where that may be wrong for the rows that are there it must not be told to. */
    private Optional<String> unknownValues(TableMoves moves, Set<String> moved, Map<String, TableShape> shapes) {
        return moved.stream()
                .map(name -> unknownValues(moves, name, shapes.get(name)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<String> unknownValues(TableMoves moves, String name, @Nullable TableShape shape) {
        if (shape == null) {
            return Optional.empty();
        }
        Set<String> added = moves.added(name);
        TableDetails table = Objects.requireNonNull(moves.now().get(name));
        return shape.copied().stream()
                .filter(column -> added.contains(column.name()) && isAddedByItself(column))
                .filter(column -> moves.isRewritten(name) || !source.givesOldRows(table, column))
                .findFirst()
                .map(column -> "rows that table " + name + " had before have a value in its new column " + column.name()
                        + " that its definition does not tell");
    }

    /** Others are held by the receiver, which shows the difference. */
    private static boolean isAddedByItself(Column column) {
        return !column.notNull()
                && column.identity() == Column.Identity.NONE
                && (column.expression().isEmpty() || ConstantDefault.is(column.expression()));
    }

    private static Map<String, TableShape> shapes(Catalogue catalogue) {
        Map<String, TableShape> shapes = new HashMap<>();
        for (Relation relation : catalogue.relations()) {
            catalogue
                    .table(relation.name())
                    .map(TableInfo::shape)
                    .ifPresent(shape -> shapes.put(shape.table().toString(), shape));
        }
        return shapes;
    }

    private SortedMap<String, TableDetails> details() {
        SortedMap<String, TableDetails> details = new TreeMap<>();
        source.details(oids).forEach((name, table) -> details.put(name.toString(), table));
        return details;
    }

    /** By its definition a table is known again: dropped and created anew it is another one, and so it is with other columns. */
    private ChainTables tables(
            Map<String, TableShape> shapes, SortedMap<String, TableDetails> now, SortedSet<String> apart) {
        SortedMap<String, String> definitions = new TreeMap<>();
        SortedMap<String, String> details = new TreeMap<>();
        now.forEach((name, table) -> {
            TableShape shape = shapes.get(name);
            definitions.put(name, table.oid() + " " + (shape == null ? "" : shape.fingerprint()));
            details.put(name, new String(StrictJson.pretty(table), StandardCharsets.UTF_8));
        });
        excluded.forEach(name -> apart.add(name.toString()));
        apart.removeAll(now.keySet());
        return new ChainTables(definitions, details, apart);
    }

    private static Optional<TableDetails> read(String json) {
        try {
            return Optional.of(StrictJson.read(json.getBytes(StandardCharsets.UTF_8), TableDetails.class));
        } catch (DamagedException otherVersion) {
            return Optional.empty();
        }
    }
}
