package io.tidemark.receiver.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.ddl.DdlEntry;
import io.tidemark.receiver.load.Definition.Section;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DefinitionPlanTest {
    private static final DdlEntry A = new DdlEntry("TABLE", "public", "a", "CREATE TABLE a;");
    private static final DdlEntry B = new DdlEntry("VIEW", "public", "b", "CREATE VIEW b;");
    private static final DdlEntry C = new DdlEntry("VIEW", "public", "c", "CREATE VIEW c;");

    @Test
    void equalDefinitionsNeedNothing() {
        DefinitionPlan plan = plan(List.of(A, B, C), List.of(C, B, A));
        assertThat(plan.empty()).as("empty, whatever the order").isTrue();
    }

    @Test
    void whatIsNewIsAddedInTheOrderOfTheDump() {
        DefinitionPlan plan = plan(List.of(B), List.of(A, B, C));
        assertThat(plan.added()).as("added").extracting(Definition::entry).containsExactly(A, C);
        assertThat(plan.gone()).as("gone").isEmpty();
        assertThat(plan.empty()).as("empty").isFalse();
    }

    @Test
    void whatIsGoneIsDroppedInTheReverseOrder() {
        DefinitionPlan plan = plan(List.of(A, B, C), List.of(B));
        assertThat(plan.gone()).as("gone").extracting(Definition::entry).containsExactly(C, A);
        assertThat(plan.empty()).as("empty").isFalse();
    }

    @Test
    void anotherStatementUnderTheSameNameIsAChange() {
        DdlEntry other = new DdlEntry("VIEW", "public", "b", "CREATE VIEW b AS other;");
        DefinitionPlan plan = plan(List.of(A, B), List.of(A, other));
        assertThat(plan.changed()).as("changed").hasSize(1);
        plan.changed().forEach((old, wanted) -> {
            assertThat(old.entry()).as("carried out").isEqualTo(B);
            assertThat(wanted.entry()).as("wanted").isEqualTo(other);
        });
        assertThat(plan.added()).as("added").isEmpty();
        assertThat(plan.gone()).as("gone").isEmpty();
    }

    @Test
    void anotherTypeOrSchemaIsAnotherObject() {
        DdlEntry table = new DdlEntry("TABLE", "public", "b", B.sql());
        DdlEntry elsewhere = new DdlEntry("VIEW", "shop", "c", C.sql());
        DefinitionPlan plan = plan(List.of(B, C), List.of(table, elsewhere));
        assertThat(plan.added()).as("added").extracting(Definition::entry).containsExactly(table, elsewhere);
        assertThat(plan.gone()).as("gone").extracting(Definition::entry).containsExactly(C, B);
    }

    @Test
    void entriesOfTheSameTagAreToldApartByTheirPlaceAmongThem() {
        DdlEntry second = new DdlEntry("TABLE", "public", "a", "second");
        DefinitionPlan plan = plan(List.of(A, second), List.of(A));
        assertThat(plan.gone()).as("gone").extracting(Definition::entry).containsExactly(second);
        assertThat(plan.changed()).as("changed").isEmpty();
    }

    @Test
    void whatIsAddedIsGivenBySection() {
        Definition early = new Definition(Section.PRE_DATA, 0, A, 0);
        Definition late = new Definition(Section.POST_DATA, 0, B, 0);
        DefinitionPlan plan = DefinitionPlan.of(Map.of(), List.of(early, late));
        assertThat(plan.added(Section.PRE_DATA)).as("before the data").containsExactly(early);
        assertThat(plan.added(Section.POST_DATA)).as("after the data").containsExactly(late);
    }

    private static DefinitionPlan plan(List<DdlEntry> carriedOut, List<DdlEntry> wanted) {
        Map<Definition.Key, Definition> past = new LinkedHashMap<>();
        Definition.of(Section.PRE_DATA, carriedOut).forEach(definition -> past.put(definition.key(), definition));
        return DefinitionPlan.of(past, Definition.of(Section.PRE_DATA, wanted));
    }
}
