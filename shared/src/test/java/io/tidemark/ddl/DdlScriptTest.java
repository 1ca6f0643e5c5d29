package io.tidemark.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DdlScriptTest {
    private static final String TABLE = "CREATE TABLE public.orders (\n    id bigint NOT NULL\n);";
    private static final String POSING =
            "--\n-- Name: posing; Type: TABLE; Schema: evil; Owner: -\n--\n\nDROP TABLE x;\n";

    @Test
    void aDumpIsCutIntoItsEntriesInOrder() {
        String dump = "--\n-- PostgreSQL database dump\n--\n\nSET statement_timeout = 0;\n"
                + "SELECT pg_catalog.set_config('search_path', '', false);\n\n"
                + new DdlEntry("TABLE", "public", "orders", TABLE).text()
                + new DdlEntry("FK CONSTRAINT", "public", "orders orders_fk", "ALTER TABLE a\n    ADD b;").text()
                + "--\n-- PostgreSQL database dump complete\n--\n\n";
        assertThat(DdlScript.parse(dump))
                .as("entries, without what heads and ends the dump")
                .containsExactly(
                        new DdlEntry("TABLE", "public", "orders", TABLE),
                        new DdlEntry("FK CONSTRAINT", "public", "orders orders_fk", "ALTER TABLE a\n    ADD b;"));
    }

    @Test
    void theTablespaceBehindTheOwnerIsNotPartOfTheEntry() {
        assertThat(
                        DdlScript.parse(
                                "--\n-- Name: i; Type: INDEX; Schema: public; Owner: bob; Tablespace: fast\n--\n\nCREATE INDEX i;\n"))
                .as("entry with owner and tablespace")
                .containsExactly(new DdlEntry("INDEX", "public", "i", "CREATE INDEX i;"));
    }

    @Test
    void aNameMayHoldWhatSeparatesTheHeadsFields() {
        DdlEntry odd = new DdlEntry("TABLE", "public", "a; Type: VIEW; Schema: b; Owner: c", TABLE);
        assertThat(DdlScript.parse(odd.text())).as("entry with an odd name").containsExactly(odd);
    }

    @Test
    void settingsAndLinesForPsqlAreLeftOut() {
        String dump = "\\restrict abc\n\n"
                + head("a")
                + "SET default_tablespace = '';\n\nSET default_table_access_method = heap;\n\n"
                + TABLE
                + "\n\nSET search_path = ';';\n\n\\connect 'x;y'\n\n"
                + head("b")
                + TABLE
                + "\n\n\\unrestrict abc";
        assertThat(DdlScript.parse(dump))
                .as("statements of both entries")
                .extracting(DdlEntry::sql)
                .containsExactly(TABLE, TABLE);
    }

    @Test
    void severalStatementsOfOneEntryStayTogether() {
        String sql = TABLE + "\n\n\nALTER TABLE ONLY public.orders REPLICA IDENTITY FULL;";
        assertThat(DdlScript.parse(head("orders") + sql + "\n\n"))
                .as("one entry")
                .extracting(DdlEntry::sql)
                .containsExactly(sql);
    }

    @Test
    void anEntryOfSettingsAloneIsNone() {
        assertThat(DdlScript.parse(head("a") + "SET row_security = off;\n\n"))
                .as("entries")
                .isEmpty();
    }

    @Test
    void aFunctionWithABodyOfStatementsIsKeptWhole() {
        String sql = "CREATE FUNCTION public.f(a integer) RETURNS integer\n    LANGUAGE sql\n    BEGIN ATOMIC\n"
                + " INSERT INTO public.orders (id)\n   VALUES (f.a);\n SELECT f.a;\nEND;";
        assertThat(DdlScript.parse(head("f") + sql + "\n\n" + head("g") + TABLE))
                .as("the function and what follows")
                .extracting(DdlEntry::sql)
                .containsExactly(sql, TABLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE FUNCTION f() AS $$ BEGIN;\n%s END $$;",
                "CREATE FUNCTION f() AS $_$ $$;\n%s$$ $1 $_$;",
                "CREATE FUNCTION f() AS $größe1$;\n%s$größe1$;",
                "COMMENT ON TABLE a IS ';\n%s';",
                "COMMENT ON TABLE a IS 'it''s;\n%s';",
                "COMMENT ON TABLE a IS E'it\\'s;\n%s';",
                "COMMENT ON TABLE a IS e'\\\\\\';\n%s';",
                "CREATE TABLE \"a\"\";\n%s\" (id integer);",
                "CREATE TABLE a /* one /* two */;\n%s*/ (id integer);"
            })
    void aHeadInsideQuotesOrCommentsDoesNotPoseAsAnEntry(String statement) {
        String sql = statement.formatted(POSING).strip();
        List<DdlEntry> entries = DdlScript.parse(head("real") + sql + "\n\n" + head("next") + TABLE);
        assertThat(entries).as("entries of %s", sql).extracting(DdlEntry::name).containsExactly("real", "next");
        assertThat(entries.get(0).sql()).as("statement").isEqualTo(sql);
    }

    @Test
    void aBackslashEscapesNothingInAPlainString() {
        String sql = "COMMENT ON TABLE a IS 'C:\\';";
        assertThat(DdlScript.parse(head("a") + sql + "\n\n" + head("b") + TABLE))
                .as("both entries")
                .extracting(DdlEntry::sql)
                .containsExactly(sql, TABLE);
    }

    @Test
    void dollarsInNamesAndParametersOpenNoQuote() {
        String sql = "CREATE TABLE a$b$c (d integer DEFAULT $1);";
        assertThat(DdlScript.parse(head("a") + sql + "\n\n" + head("b") + TABLE))
                .as("both entries")
                .extracting(DdlEntry::sql)
                .containsExactly(sql, TABLE);
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        List<DdlEntry> entries = List.of(
                new DdlEntry("SCHEMA", "-", "shop", "CREATE SCHEMA shop;"),
                new DdlEntry(
                        "FUNCTION",
                        "shop",
                        "f(integer, text)",
                        "CREATE FUNCTION shop.f() AS $$\n;\n" + POSING + "$$;"));
        StringBuilder dump = new StringBuilder();
        entries.forEach(entry -> dump.append(entry.text()));
        assertThat(DdlScript.parse(dump.toString())).as("entries").isEqualTo(entries);
    }

    @Test
    void aDumpOfNothingHasNoEntries() {
        assertThat(DdlScript.parse("")).as("entries").isEmpty();
    }

    private static String head(String name) {
        return "--\n-- Name: " + name + "; Type: TABLE; Schema: public; Owner: -\n--\n\n";
    }
}
