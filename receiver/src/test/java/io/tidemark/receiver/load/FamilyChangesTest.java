package io.tidemark.receiver.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.table.Column;
import io.tidemark.table.TableName;
import io.tidemark.table.TableShape;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FamilyChangesTest {
    private static final String ADD = "ADD COLUMN \"c\" integer";
    private static final String LOOSEN = "ALTER COLUMN \"c\" DROP NOT NULL";

    @Test
    void partitionsGetTheirColumnsFromTheTableAtTheTop() {
        Families families = new Families(
                Map.of(
                        name("year"), List.of(name("top")),
                        name("p1"), List.of(name("year")),
                        name("p2"), List.of(name("top"))),
                Set.of(name("year"), name("p1"), name("p2")),
                Set.of(name("p1"), name("p2")));
        assertThat(lifted(families, Map.of("p1", List.of(ADD), "p2", List.of(ADD))))
                .containsExactly(Map.entry("p1", List.of(all("top", ADD))), Map.entry("p2", List.of()));
        assertThat(lifted(families, Map.of("p1", List.of(ADD))))
                .as("one of them has it already")
                .containsExactly(Map.entry("p1", List.of(all("top", ADD))));
        assertThat(lifted(families, Map.of("p1", List.of(LOOSEN))))
                .as("what every member of a branch needs")
                .containsExactly(Map.entry("p1", List.of(all("year", LOOSEN))));
        assertThat(lifted(families, Map.of("p2", List.of(LOOSEN))))
                .as("what one partition alone needs")
                .containsExactly(Map.entry("p2", List.of(only("p2", LOOSEN))));
    }

    @Test
    void aChildNeedsNothingThatItsParentPassesOn() {
        Families families = new Families(
                Map.of(
                        name("dog"), List.of(name("animal")),
                        name("cat"), List.of(name("animal")),
                        name("catdog"), List.of(name("cat"), name("dog"))),
                Set.of(),
                Set.of(name("animal"), name("cat"), name("catdog"), name("dog")));
        assertThat(lifted(
                        families,
                        Map.of(
                                "animal",
                                List.of(ADD),
                                "cat",
                                List.of(ADD),
                                "catdog",
                                List.of(ADD),
                                "dog",
                                List.of(ADD))))
                .containsExactly(
                        Map.entry("animal", List.of(all("animal", ADD))),
                        Map.entry("cat", List.of()),
                        Map.entry("catdog", List.of()),
                        Map.entry("dog", List.of()));
        assertThat(lifted(families, Map.of("cat", List.of(ADD), "catdog", List.of(ADD))))
                .containsExactly(Map.entry("cat", List.of(all("cat", ADD))), Map.entry("catdog", List.of()));
        assertThat(lifted(families, Map.of("animal", List.of(ADD))))
                .as("the children have it already")
                .containsExactly(Map.entry("animal", List.of(all("animal", ADD))));
        assertThat(lifted(families, Map.of("animal", List.of("DROP COLUMN \"c\""))))
                .as("the children keep it")
                .containsExactly(Map.entry("animal", List.of(only("animal", "DROP COLUMN \"c\""))));
    }

    @Test
    void whatSomeHaveAlreadyIsToldTheTableAtTheTop() {
        Families families = new Families(
                Map.of(name("p1"), List.of(name("top")), name("p2"), List.of(name("top"))),
                Set.of(name("p1"), name("p2")),
                Set.of(name("p1"), name("p2")));
        Column column = new Column("c", "integer", true, Column.Identity.NONE, false, "");
        TableShape has = new TableShape(name("p2"), List.of(column), List.of(), List.of());
        String tighten = "ALTER COLUMN \"c\" SET NOT NULL";
        TableChange change = new TableChange(List.of(), List.of(only("p1", tighten)));
        assertThat(FamilyChanges.of(families, Map.of(name("p1"), change), Map.of(name("p2"), has)))
                .containsExactly(Map.entry(name("p1"), new TableChange(List.of(), List.of(all("top", tighten)))));
    }

    @Test
    void tablesOfTheirOwnStayAsTheyAre() {
        Families families = new Families(Map.of(), Set.of(), Set.of(name("a")));
        assertThat(lifted(families, Map.of("a", List.of(ADD, LOOSEN))))
                .containsExactly(Map.entry("a", List.of(only("a", ADD), only("a", LOOSEN))));
    }

    private static Map<String, List<String>> lifted(Families families, Map<String, List<String>> needs) {
        Map<TableName, TableChange> changes = new TreeMap<>();
        needs.forEach((table, words) -> changes.put(
                name(table),
                new TableChange(words.stream().map(each -> only(table, each)).toList(), List.of())));
        Map<String, List<String>> lifted = new TreeMap<>();
        FamilyChanges.of(families, changes, Map.of())
                .forEach((table, change) -> lifted.put(table.name(), change.before()));
        return lifted;
    }

    private static String only(String table, String words) {
        return "ALTER TABLE ONLY " + name(table).quoted() + " " + words;
    }

    private static String all(String table, String words) {
        return "ALTER TABLE " + name(table).quoted() + " " + words;
    }

    private static TableName name(String table) {
        return new TableName("public", table);
    }
}
