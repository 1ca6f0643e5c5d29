package io.tidemark.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.table.TableName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableGlobsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "public.*          | public | orders   | true",
                "public.*          | Public | orders   | false",
                "public.order?     | public | orders   | true",
                "public.order?     | public | order    | false",
                "a.b,public.ord*   | public | orders   | true",
                "public.a.b        | public | a.b      | true",
                "\"my.schema\".t   | my.schema | t     | true",
                "\"my.schema\".t   | my     | schema.t | false",
                "public.\"a,b\"    | public | a,b      | true",
                "public.\"a\"\"b\" | public | a\"b     | true",
                "public.\"a*\"     | public | a*       | true",
                "public.\"a*\"     | public | ab       | false",
                "*.*               | public | with\\E regex | true",
                "public.a\\E*      | public | a\\Eb    | true",
            })
    void matchesAsWritten(String globs, String schema, String table, boolean expected) throws BadValue {
        assertThat(TableGlobs.parse(globs).matches(new TableName(schema, table)))
                .as(globs)
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders", ".orders", "public.", "public.a,", "public.\"a", ",", "\"public.a\""})
    void rejectsWhatDoesNotNameSchemaAndTable(String globs) {
        assertThatThrownBy(() -> TableGlobs.parse(globs)).isInstanceOf(BadValue.class);
    }

    @Test
    void neverSelectsReservedSchemas() {
        TableSelection everything = new TableSelection(TableGlobs.all(), TableGlobs.NONE);
        assertThat(everything.matches(new TableName("public", "t")))
                .as("public")
                .isTrue();
        assertThat(everything.matches(new TableName("tidemark", "ledger")))
                .as("tidemark")
                .isFalse();
        assertThat(everything.matches(new TableName("pg_catalog", "pg_class")))
                .as("pg_catalog")
                .isFalse();
        assertThat(everything.matches(new TableName("information_schema", "tables")))
                .as("information_schema")
                .isFalse();
    }

    @Test
    void excludesFromWhatIsIncluded() throws BadValue {
        TableSelection selection =
                new TableSelection(TableGlobs.parse("public.*"), TableGlobs.parse("public.django_*"));
        assertThat(selection.matches(new TableName("public", "orders"))).isTrue();
        assertThat(selection.matches(new TableName("public", "django_session"))).isFalse();
        assertThat(selection.matches(new TableName("other", "orders"))).isFalse();
    }
}
