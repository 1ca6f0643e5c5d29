package io.tidemark.receiver.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.ddl.DdlEntry;
import io.tidemark.table.TableName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DefinitionTargetTest {
    private static final TableName ODD = new TableName("my sh.op", "a \"b\" c");
    private static final TableName PLAIN = new TableName("public", "größe_1");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE ONLY %s\n    ADD CONSTRAINT x PRIMARY KEY (id);",
                "ALTER TABLE %s CLUSTER ON x;",
                "CREATE INDEX x ON %s USING btree (id);",
                "CREATE UNIQUE INDEX \"x ON public.y \" ON ONLY %s USING btree (id);"
            })
    void constraintsAndIndexesNameTheirTable(String sql) {
        assertThat(DefinitionTarget.table(entry("CONSTRAINT", sql.formatted(ODD.quoted()))))
                .as("quoted name in %s", sql)
                .contains(ODD);
        assertThat(DefinitionTarget.table(entry("CONSTRAINT", sql.formatted("public.größe_1"))))
                .as("plain name in %s", sql)
                .contains(PLAIN);
    }

    @Test
    void aForeignKeyWorksOnBothItsTables() {
        DdlEntry key = entry(
                "FK CONSTRAINT",
                "ALTER TABLE ONLY public.größe_1\n    ADD CONSTRAINT x FOREIGN KEY (a) REFERENCES " + ODD.quoted()
                        + "(id);");
        assertThat(DefinitionTarget.tables(key)).as("tables").containsExactly(PLAIN, ODD);
    }

    @Test
    void aForeignKeyToItsOwnTableWorksOnOne() {
        DdlEntry key = entry(
                "FK CONSTRAINT",
                "ALTER TABLE ONLY public.größe_1\n    ADD CONSTRAINT x FOREIGN KEY (a) REFERENCES public.größe_1(id);");
        assertThat(DefinitionTarget.tables(key)).as("tables").containsExactly(PLAIN);
    }

    @Test
    void onlyAForeignKeyRefersToAnotherTable() {
        DdlEntry check = entry(
                "CHECK CONSTRAINT",
                "ALTER TABLE public.größe_1\n    ADD CONSTRAINT x CHECK ((a <> ' REFERENCES public.other'::text));");
        assertThat(DefinitionTarget.tables(check)).as("tables").containsExactly(PLAIN);
    }

    @Test
    void otherDefinitionsHaveNone() {
        DdlEntry trigger = entry("TRIGGER", "CREATE TRIGGER t AFTER INSERT ON public.a EXECUTE FUNCTION f();");
        assertThat(DefinitionTarget.tables(trigger)).as("tables").isEmpty();
    }

    private static DdlEntry entry(String type, String sql) {
        return new DdlEntry(type, "public", "x", sql);
    }
}
