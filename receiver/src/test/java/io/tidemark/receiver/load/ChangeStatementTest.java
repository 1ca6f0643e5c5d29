package io.tidemark.receiver.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.ddl.DdlEntry;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeStatementTest {
    private static final String ADD = "ALTER TYPE \"public\".\"mood\" ADD VALUE IF NOT EXISTS ";

    @Test
    void labelsAddedAtTheFrontStandBeforeTheFirstOldOneInTheirOrder() {
        assertThat(change(mood("'b', 'c'"), mood("'x', 'y', 'b', 'c'")))
                .as("statements")
                .containsExactly(ADD + "'x' BEFORE 'b'", ADD + "'y' AFTER 'x'");
    }

    @Test
    void labelsAddedInTheMiddleAndAtTheEndFollowTheirNeighbours() {
        assertThat(change(mood("'a', 'b'"), mood("'a', 'it''s', 'b', 'z'")))
                .as("statements")
                .containsExactly(ADD + "'it''s' AFTER 'a'", ADD + "'z' AFTER 'b'");
    }

    @Test
    void anEmptyEnumTakesItsFirstLabels() {
        assertThat(change(mood(""), mood("'a', 'b'")))
                .as("statements")
                .containsExactly(ADD + "'a'", ADD + "'b' AFTER 'a'");
    }

    @Test
    void anEnumThatLostALabelIsDroppedAndMade() {
        assertThat(change(mood("'a', 'b'"), mood("'a'")))
                .as("statements")
                .containsExactly(
                        "DROP TYPE IF EXISTS \"public\".\"mood\"", mood("'a'").sql());
    }

    @Test
    void aTypeThatIsNoEnumIsDroppedAndMade() {
        DdlEntry composite = new DdlEntry("TYPE", "public", "mood", "CREATE TYPE public.mood AS (\n    a integer\n);");
        assertThat(change(mood("'a'"), composite))
                .as("statements")
                .containsExactly("DROP TYPE IF EXISTS \"public\".\"mood\"", composite.sql());
    }

    @ParameterizedTest
    @CsvSource({"VIEW, v", "FUNCTION, f()", "PROCEDURE, f()", "AGGREGATE, f(integer)"})
    void viewsAndRoutinesAreReplaced(String type, String name) {
        assertThat(change(
                        new DdlEntry(type, "public", name, "old"),
                        new DdlEntry(type, "public", name, "CREATE " + type + " public.x AS CREATE VIEW y;")))
                .as("statements")
                .containsExactly("CREATE OR REPLACE " + type + " public.x AS CREATE VIEW y;");
    }

    @Test
    void aSequenceIsAltered() {
        assertThat(change(
                        new DdlEntry("SEQUENCE", "public", "s", "old"),
                        new DdlEntry("SEQUENCE", "public", "s", "CREATE SEQUENCE public.s\n    INCREMENT BY 2;")))
                .as("statements")
                .containsExactly("ALTER SEQUENCE public.s\n    INCREMENT BY 2;");
    }

    @ParameterizedTest
    @ValueSource(strings = {"COMMENT", "DEFAULT", "ACL", "SEQUENCE OWNED BY"})
    void whatOverwritesIsCarriedOutAgain(String type) {
        assertThat(change(new DdlEntry(type, "public", "a", "old"), new DdlEntry(type, "public", "a", "new")))
                .as("statements")
                .containsExactly("new");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TABLE", "SCHEMA", "EXTENSION"})
    void tablesSchemasAndExtensionsAreNotChangedHere(String type) {
        assertThat(change(new DdlEntry(type, "public", "a", "old"), new DdlEntry(type, "public", "a", "new")))
                .as("statements")
                .isEmpty();
    }

    @Test
    void anIndexIsDroppedAndMade() {
        assertThat(change(
                        new DdlEntry("INDEX", "public", "i", "old"),
                        new DdlEntry("INDEX", "public", "i", "CREATE INDEX i ON public.a USING btree (b);")))
                .as("statements")
                .containsExactly(
                        "DROP INDEX IF EXISTS \"public\".\"i\"", "CREATE INDEX i ON public.a USING btree (b);");
    }

    private static List<String> change(DdlEntry old, DdlEntry wanted) {
        return ChangeStatement.of(old, wanted);
    }

    private static DdlEntry mood(String labels) {
        return new DdlEntry(
                "TYPE",
                "public",
                "mood",
                "CREATE TYPE public.mood AS ENUM (\n    " + labels.replace(", ", ",\n    ") + "\n);");
    }
}
