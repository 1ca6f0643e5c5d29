package io.tidemark.sender.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.bundle.Manifest.LeftOut;
import io.tidemark.database.Catalogue;
import io.tidemark.database.Relation;
import io.tidemark.database.TableInfo;
import io.tidemark.settings.BadValue;
import io.tidemark.settings.TableGlobs;
import io.tidemark.settings.TableSelection;
import io.tidemark.table.TableName;
import io.tidemark.table.TableShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SelectionTest {
    private static final String BY_GLOBS = "left out by tables.include and tables.exclude";

    private final List<TableInfo> catalogue = new ArrayList<>();

    @Test
    void theGlobsDecide() throws BadValue {
        table(1, "small", 'r', 0);
        table(2, "large", 'r', 0);
        table(3, "log_1", 'r', 0);
        table(4, "a_view", 'v', 0);
        Selection selection = select("public.*", "*.log_*");
        assertThat(tables(selection)).as("tables").containsExactly("small", "large");
        assertThat(included(selection)).as("included").containsExactly("small", "large", "a_view");
        assertThat(selection.leftOut()).as("left out").containsExactly(new LeftOut("table public.log_1", BY_GLOBS));
    }

    @Test
    void aPartitionFollowsItsRootWhateverItIsCalled() throws BadValue {
        table(1, "orders", 'p', 0);
        table(2, "y2024", 'p', 1, 1L);
        table(3, "y2024_01", 'r', 2, 2L);
        table(4, "y2024_02", 'r', 0);
        assertThat(included(select("public.orders", "")))
                .as("included by the root's name")
                .containsExactly("orders", "y2024", "y2024_01");
        assertThat(included(select("public.y2024_01", "")))
                .as("included by a partition's name")
                .isEmpty();
    }

    @Test
    void anExcludedPartitionFallsAwayWithItsOwnPartitions() throws BadValue {
        table(1, "orders", 'p', 0);
        table(2, "y2024", 'p', 1, 1L);
        table(3, "y2024_01", 'r', 2, 2L);
        table(4, "y2025", 'r', 1, 1L);
        Selection selection = select("*.*", "public.y2024");
        assertThat(included(selection)).as("included").containsExactly("orders", "y2025");
        assertThat(tables(selection)).as("tables").containsExactly("y2025");
        assertThat(selection.leftOut())
                .as("left out")
                .extracting(LeftOut::object)
                .containsExactly("table public.y2024", "table public.y2024_01");
    }

    @Test
    void theChildrenOfAnExcludedTableFallAwayToTheLast() throws BadValue {
        table(1, "grandchild", 'r', 0, 2L);
        table(2, "child", 'r', 0, 3L, 4L);
        table(3, "parent", 'r', 0);
        table(4, "other", 'r', 0);
        Selection selection = select("*.*", "*.parent");
        assertThat(included(selection)).as("included").containsExactly("other");
        assertThat(selection.leftOut())
                .as("left out")
                .containsExactly(
                        new LeftOut("table public.grandchild", "inherits from a table that is left out"),
                        new LeftOut("table public.child", "inherits from a table that is left out"),
                        new LeftOut("table public.parent", BY_GLOBS));
    }

    @Test
    void aSequenceGoesWithTheTableThatOwnsItAndNotByItsName() throws BadValue {
        table(1, "orders", 'r', 0);
        table(2, "secret", 'r', 0);
        sequence(3, "secret_like_name", 1);
        sequence(4, "orders_like_name", 2);
        assertThat(select("*.*", "*.secret*").sequences())
                .as("sequences")
                .extracting(relation -> relation.name().name())
                .containsExactly("secret_like_name");
    }

    @Test
    void aSequenceOfNoTableGoesByItsNameOrWhereADefaultNeedsIt() throws BadValue {
        sequence(1, "free", 0);
        sequence(2, "hidden", 0);
        sequence(3, "hidden_needed", 0);
        assertThat(select("*.*", "*.hidden*", 3L).sequences())
                .as("sequences")
                .extracting(relation -> relation.name().name())
                .containsExactly("free", "hidden_needed");
    }

    @Test
    void tidemarksOwnSchemaNeverTravels() throws BadValue {
        add(new Relation(1, new TableName("tidemark", "ledger"), 'r', 0, List.of(), 0, true, true));
        assertThat(included(select("*.*", ""))).as("included").isEmpty();
    }

    private void table(long oid, String name, char kind, long parent, Long... inherits) {
        add(new Relation(oid, new TableName("public", name), kind, parent, List.of(inherits), 0, kind == 'r', true));
    }

    private void sequence(long oid, String name, long owner) {
        add(new Relation(oid, new TableName("public", name), 'S', 0, List.of(), owner, true, true));
    }

    private void add(Relation relation) {
        catalogue.add(new TableInfo(relation, new TableShape(relation.name(), List.of(), List.of(), List.of()), true));
    }

    private Selection select(String include, String exclude, Long... neededSequences) throws BadValue {
        TableGlobs without = exclude.isEmpty() ? TableGlobs.NONE : TableGlobs.parse(exclude);
        return Selection.of(
                Catalogue.of(catalogue),
                new TableSelection(TableGlobs.parse(include), without),
                Set.of(neededSequences));
    }

    private static List<String> included(Selection selection) {
        return selection.included().stream()
                .map(relation -> relation.name().name())
                .toList();
    }

    private static List<String> tables(Selection selection) {
        return selection.tables().stream()
                .map(table -> table.relation().name().name())
                .toList();
    }
}
