package io.tidemark.sender.partial;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.bundle.Manifest;
import io.tidemark.position.Lsn;
import io.tidemark.sender.state.Chain;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the log does not tell when a table's definition changes: it is said in another way, or no partial goes on. Faults 21 and 22. */
@ParameterizedClass(name = "read as {0}")
@ValueSource(strings = {"postgres", Primary.STREAMED})
class DefinitionChangeTest {
    @RegisterExtension
    private final Shops shops = new Shops();

    @Parameter
    @SuppressWarnings("NullAway.Init")
    private String user;

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Shop shop;

    @BeforeEach
    void open() throws IOException {
        shop = shops.open(folder, user);
        shop.sql("create table o (id int primary key, a int, b int, note text);"
                + "create table other (id int primary key); create table keyless (id int not null, t text);"
                + "insert into o select i, i, -i, 'n' || i from generate_series(1, 5) i");
        shop.make();
        shop.sql("insert into other values (1)");
        shop.make();
    }

    private static void each(String statements, Consumer<String> run) {
        List.of(statements.split(";")).forEach(run);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alter table o add c int default 5",
                "alter table o add c int; update o set c = 3 where id = 1",
                "alter table o add c text default 'it''s'; alter table o add d numeric(6,2) default 5",
                "alter table o add c timestamptz default '2026-01-01 00:00+00'; alter table o alter c set statistics 10",
                "alter table o add c boolean default null; insert into o (id) values (9)",
            })
    void newColumnsWhoseOldValuesAreKnownAreSaidAtOnceAndTheChainGoesOn(String statements) throws IOException {
        Chain before = shop.state.chain().chain().orElseThrow();
        each(statements, shop::sql);
        assertThat(shop.make()).hasSize(1);
        Manifest told = last();
        Manifest.Partial partial = Objects.requireNonNull(told.partial());
        assertThat(partial.from()).isEqualTo(before.to());
        assertThat(partial.changes()).singleElement().satisfies(changes -> {
            assertThat(changes.table().name()).isEqualTo("o");
            assertThat(changes.columns()).extracting("name").contains("c");
            assertThat(Objects.requireNonNull(changes.shape()).copied()).hasSameSizeAs(changes.columns());
        });
        assertThat(shop.make()).as("it is said once").isEmpty();
    }

    @Test
    void aColumnThatGoesIsSaidThoughNoRowChanges() throws IOException {
        shop.sql("alter table o drop column b");
        assertThat(shop.make()).hasSize(1);
        assertThat(Objects.requireNonNull(last().partial()).changes().get(0).columns())
                .extracting("name")
                .containsExactly("id", "a", "note");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alter table o add c int default 5; alter table o alter c set default 7",
                "alter table o add c int default 5; alter table o alter c drop default; update o set a = 9",
                "alter table o add c int; alter table o alter c set default 7; insert into o (id) values (9)",
                "alter table o add c int default random() * 10; alter table o alter c drop default",
                "create domain five as int default 5; alter table o add c five",
                "alter table o add c int default 5; vacuum full o; alter table o alter c set default 6",
                "alter table o drop column b; alter table o add b int; update o set a = 1 where id = 1",
                "alter table o alter b type int using b + 1; insert into o values (9)",
                "alter table o rename a to x; alter table o rename b to a; alter table o rename x to b; insert into o values (9)",
                "drop table o; create table o (id int primary key, a int, b int, note text); insert into o values (9)",
                "alter table o rename to p; update p set a = 0; alter table p rename to o",
                "alter table o rename to p; alter table other rename to o; insert into o values (7)",
                "alter table keyless add primary key (id); insert into keyless values (1)",
            })
    void whatNoPartialCanTellBeginsANewChainThatACompleteHasToBridge(String statements) throws IOException {
        Chain before = shop.state.chain().chain().orElseThrow();
        shop.state.raiseSequence(7);
        each(statements, shop::sql);
        shop.make();
        shop.sql("insert into o (id) values (100)");
        shop.make();
        Manifest.Partial next = Objects.requireNonNull(last().partial());
        assertThat(next.from()).as("a gap").isGreaterThan(before.to());
        assertThat(last().previous()).isNull();
        assertThat(shop.state.chain().openRequest()).hasValueSatisfying(request -> {
            assertThat(request.reason())
                    .startsWith("a new chain of partials begins: ")
                    .contains("table public.");
            assertThat(request.after()).isGreaterThanOrEqualTo(7);
        });
        Lsn end = shop.state.chain().chain().orElseThrow().to();
        shop.sql("update o set id = 101 where id = 100");
        shop.make();
        assertThat(Objects.requireNonNull(last().partial()).from())
                .as("it goes on from there")
                .isEqualTo(end);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "truncate o; insert into o values (1)",
                "vacuum full o; update o set a = 0",
                "create table fresh (id int primary key); insert into fresh values (1); alter table o alter a set default 7; update o set a = 7",
                "drop table other; update o set a = 0",
                "alter table other rename to another; update o set a = 0",
                "cluster o using o_pkey; alter table o add check (id > 0); update o set a = 0",
            })
    void whatLeavesTheRowsAsTheLogTellsThemLetsTheChainGoOn(String statements) throws IOException {
        Chain before = shop.state.chain().chain().orElseThrow();
        each(statements, shop::sql);
        assertThat(shop.make()).hasSize(1);
        assertThat(Objects.requireNonNull(last().partial()).from()).isEqualTo(before.to());
    }

    @Test
    void aTableThatWasAwayCannotComeBackWithoutAComplete() throws IOException {
        Chain before = shop.state.chain().chain().orElseThrow();
        shop.sql("drop table other");
        shop.make();
        shop.sql("create table other (id int primary key); insert into other values (2)");
        shop.make();
        shop.sql("insert into other values (3)");
        shop.make();
        assertThat(Objects.requireNonNull(last().partial()).from()).isGreaterThan(before.to());
        assertThat(shop.state.chain().openRequest().map(request -> request.reason()))
                .hasValueSatisfying(reason -> assertThat(reason).contains("table public.other had rows already"));
    }

    private Manifest last() throws IOException {
        List<Manifest> manifests = shop.manifests();
        return manifests.get(manifests.size() - 1);
    }
}
