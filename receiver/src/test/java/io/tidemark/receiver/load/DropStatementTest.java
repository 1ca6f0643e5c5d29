package io.tidemark.receiver.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.ddl.DdlEntry;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DropStatementTest {
    private static final String ODD = "\"my \"\"sh.op\"\"\".\"a b.\"\"c\"\"\"";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TABLE",
                "VIEW",
                "MATERIALIZED VIEW",
                "SEQUENCE",
                "FOREIGN TABLE",
                "INDEX",
                "TYPE",
                "DOMAIN",
                "STATISTICS",
                "COLLATION"
            })
    void anObjectWithASchemaIsDroppedByItsTag(String type) {
        assertThat(DropStatement.of(new DdlEntry(type, "my \"sh.op\"", "a b.\"c\"", "")))
                .as("drop of a %s", type)
                .contains("DROP " + type + " IF EXISTS " + ODD);
    }

    static Stream<Arguments> statements() {
        return Stream.of(
                Arguments.of(
                        "COMMENT",
                        "COMMENT ON COLUMN public.\"a IS '\".b IS 'it IS ''this''\nand; that';",
                        "COMMENT ON COLUMN public.\"a IS '\".b IS NULL"),
                Arguments.of(
                        "CONSTRAINT",
                        "ALTER TABLE ONLY public.a\n    ADD CONSTRAINT a_pkey PRIMARY KEY (id);",
                        "ALTER TABLE IF EXISTS public.a DROP CONSTRAINT IF EXISTS a_pkey"),
                Arguments.of(
                        "FK CONSTRAINT",
                        "ALTER TABLE ONLY " + ODD
                                + "\n    ADD CONSTRAINT \"x \"\". y\" FOREIGN KEY (id) REFERENCES public.b(id);",
                        "ALTER TABLE IF EXISTS " + ODD + " DROP CONSTRAINT IF EXISTS \"x \"\". y\""),
                Arguments.of(
                        "CHECK CONSTRAINT",
                        "ALTER TABLE public.a\n    ADD CONSTRAINT c CHECK ((id > 0)) NOT VALID;",
                        "ALTER TABLE IF EXISTS public.a DROP CONSTRAINT IF EXISTS c"),
                Arguments.of(
                        "TRIGGER",
                        "CREATE TRIGGER t AFTER INSERT ON public.a FOR EACH ROW EXECUTE FUNCTION public.f();",
                        "DROP TRIGGER IF EXISTS t ON public.a"),
                Arguments.of(
                        "TRIGGER",
                        "CREATE CONSTRAINT TRIGGER \"t ON b \" AFTER UPDATE OF \"x ON y \" ON " + ODD
                                + " DEFERRABLE FOR EACH ROW WHEN ((a.b ON c)) EXECUTE FUNCTION public.f();",
                        "DROP TRIGGER IF EXISTS \"t ON b \" ON " + ODD),
                Arguments.of(
                        "POLICY",
                        "CREATE POLICY \"own rows\" ON " + ODD + " USING ((owner = CURRENT_USER));",
                        "DROP POLICY IF EXISTS \"own rows\" ON " + ODD),
                Arguments.of("POLICY", "CREATE POLICY p ON public.a;", "DROP POLICY IF EXISTS p ON public.a"),
                Arguments.of(
                        "RULE",
                        "CREATE RULE \"r 1\" AS\n    ON DELETE TO " + ODD + " DO INSTEAD NOTHING;",
                        "DROP RULE IF EXISTS \"r 1\" ON " + ODD),
                Arguments.of(
                        "RULE",
                        "CREATE RULE r AS\n    ON INSERT TO public.a\n   WHERE (new.id > 0) DO INSTEAD NOTHING;",
                        "DROP RULE IF EXISTS r ON public.a"),
                Arguments.of(
                        "ROW SECURITY",
                        "ALTER TABLE " + ODD + " ENABLE ROW LEVEL SECURITY;",
                        "ALTER TABLE IF EXISTS " + ODD + " DISABLE ROW LEVEL SECURITY"),
                Arguments.of(
                        "TABLE ATTACH",
                        "ALTER TABLE ONLY public.p ATTACH PARTITION " + ODD + " FOR VALUES FROM (1) TO (2);",
                        "ALTER TABLE IF EXISTS public.p DETACH PARTITION " + ODD),
                Arguments.of(
                        "DEFAULT",
                        "ALTER TABLE ONLY public.a ALTER COLUMN \"my id\" SET DEFAULT nextval('public.s'::regclass);",
                        "ALTER TABLE IF EXISTS public.a ALTER COLUMN \"my id\" DROP DEFAULT"));
    }

    @ParameterizedTest
    @MethodSource("statements")
    void whatIsOnATableIsDroppedByTheNamesInItsStatement(String type, String sql, String drop) {
        assertThat(DropStatement.of(new DdlEntry(type, "ambiguous", "a b c", sql)))
                .as("drop of %s", sql)
                .contains(drop);
    }

    @ParameterizedTest
    @ValueSource(strings = {"FUNCTION", "PROCEDURE", "AGGREGATE"})
    void aRoutineIsDroppedWithItsArguments(String type) {
        assertThat(DropStatement.of(new DdlEntry(type, "public", "my f(integer, \"my shop\".\"t\"[])", "")))
                .as("drop of a %s", type)
                .contains("DROP " + type + " IF EXISTS \"public\".\"my f\"(integer, \"my shop\".\"t\"[])");
    }

    @Test
    void aSchemaIsDroppedAsAWhole() {
        assertThat(DropStatement.of(new DdlEntry("SCHEMA", "-", "my \"shop\"", "CREATE SCHEMA x;")))
                .as("drop of a schema")
                .contains("DROP SCHEMA IF EXISTS \"my \"\"shop\"\"\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ACL", "SEQUENCE OWNED BY", "INDEX ATTACH", "EXTENSION"})
    void whatGoesWithItsObjectOrStaysIsNotDropped(String type) {
        assertThat(DropStatement.of(new DdlEntry(type, "public", "a", "whatever")))
                .as("drop of a %s", type)
                .isEmpty();
    }
}
