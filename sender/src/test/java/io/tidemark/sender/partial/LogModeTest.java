package io.tidemark.sender.partial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tidemark.bundle.Manifest;
import io.tidemark.crash.CrashPoints;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.position.Lsn;
import io.tidemark.sender.state.Chain;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Partials of a real server. */
@ParameterizedClass(name = "read as {0}")
@ValueSource(strings = {"postgres", Primary.STREAMED})
class LogModeTest {
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
        shop.sql("create table o (id int primary key, note text, large text);"
                + "alter table o alter large set storage external");
    }

    private void assertEqual() throws IOException {
        assertThat(shop.replica("o")).isEqualTo(shop.original("o"));
        assertOneChain();
    }

    @Test
    void bringsEveryChangeOnceAndInOneChain() throws IOException {
        assertThat(shop.make()).isEmpty();
        shop.sql("insert into o select g, 'n' || g, repeat('x', 3000) from generate_series(1, 100) g");
        assertThat(shop.make()).hasSize(1);
        assertThat(shop.make()).isEmpty();
        shop.sql(
                "update o set note = null where id < 10; delete from o where id = 50; update o set id = 1000 where id = 7;"
                        + "insert into o values (7, E'a\\tb\\n\"', '')");
        shop.sql("begin; savepoint a; delete from o; rollback to a; update o set note = 'kept' where id = 8; commit");
        assertThat(shop.make()).hasSize(1);
        assertEqual();
        shop.sql("truncate o; insert into o values (1, 'new', 'new')");
        assertThat(shop.make()).hasSize(1);
        assertEqual();
        assertThat(shop.state.chain().chain().map(Chain::manifest)).isPresent();
    }

    @Test
    void aPreparedTransactionComesWhenItIsCommitted() throws IOException {
        shop.make();
        shop.sql("begin; insert into o values (1, 'prepared', ''); prepare transaction 'p'");
        shop.sql("insert into o values (2, 'other', '')");
        shop.make();
        assertThat(shop.replica("o")).containsOnlyKeys("2");
        shop.sql("commit prepared 'p'");
        shop.make();
        assertEqual();
    }

    @Test
    void aTableWithoutAKeyIsNeverPublished() {
        shop.sql("create table nokey (x int); create table late (x int primary key)");
        shop.make();
        shop.sql("insert into nokey values (1); update nokey set x = 2");
        shop.sql("alter table late drop constraint late_pkey");
        shop.make();
        shop.sql("insert into late values (1); update late set x = 2");
        assertThat(shops.primary().rows(shop.database, "select tablename from pg_publication_tables"))
                .containsExactly(List.of("o"));
    }

    @Test
    void aColumnThatComesBetweenTwoCommitsEndsTheBundleBeforeIt() throws IOException {
        shop.make();
        shop.sql("insert into o values (1, 'a', 'a')");
        shop.sql("alter table o add column more int");
        shop.sql("insert into o values (2, 'b', 'b', 3)");
        assertThat(shop.make()).hasSize(2);
        assertThat(shop.manifests())
                .extracting(manifest -> manifest.partial() == null
                        ? 0
                        : manifest.partial().changes().get(0).columns().size())
                .containsExactly(3, 4);
        assertThat(shop.manifests().get(0).position().lsn())
                .isEqualTo(
                        shop.manifests().get(1).partial() == null
                                ? new Lsn(0)
                                : shop.manifests().get(1).partial().from());
    }

    @Test
    void aDefinitionThatChangesWithinATransactionBeginsANewChain() {
        shop.make();
        shop.state.raiseSequence(7);
        shop.sql("begin; insert into o values (1, 'a', 'a'); alter table o add column more int;"
                + "insert into o values (2, 'b', 'b', 3); commit");
        shop.make();
        assertThat(shop.state.chain().openRequest()).isPresent();
        shop.sql("insert into o values (3, 'c', 'c', 3)");
        assertThat(shop.make()).hasSize(1);
    }

    @Test
    void aTableThatIsDefinedAnewAsksForAComplete() {
        shop.make();
        shop.state.raiseSequence(7);
        shop.sql("insert into o values (1, 'a', 'a')");
        shop.make();
        long before = shop.state.chain().openRequest().orElseThrow().after();
        shop.sql(
                "drop table o; create table o (id int primary key, note text, large text); insert into o values (2, '', '')");
        shop.make();
        assertThat(shop.state.chain().openRequest().orElseThrow().after()).isGreaterThan(before);
        shop.sql("alter table o add column more int default 5");
        shop.state.raiseSequence(20);
        shop.make();
        assertThat(shop.state.chain().openRequest().map(request -> request.reason()))
                .contains("tables defined anew: public.o");
    }

    @Test
    void aSlotThatWasMovedOnByHandBeginsANewChain() {
        shop.make();
        Chain before = shop.state.chain().chain().orElseThrow();
        shop.sql("insert into o values (1, 'lost', '')");
        shop.sql("select pg_replication_slot_advance('tidemark_" + shop.database + "', pg_current_wal_lsn())");
        assertThat(shop.make()).isEmpty();
        Chain after = shop.state.chain().chain().orElseThrow();
        assertThat(after.to()).isGreaterThan(before.to());
        assertThat(after.manifest()).isNull();
        assertThat(shop.state.chain().openRequest().map(request -> request.reason()))
                .hasValueSatisfying(reason -> assertThat(reason).contains("moved on"));
    }

    @Test
    void aSlotThatKeepsBackTooMuchIsDroppedAndMadeAnew() {
        shop.make();
        for (int i = 0; i < 8; i++) {
            shop.sql("insert into o values (" + i + ", 'a', 'a'); select pg_switch_wal()");
        }
        assertThat(shop.make()).isEmpty();
        assertThat(shop.state.chain().openRequest().map(request -> request.reason()))
                .hasValueSatisfying(reason -> assertThat(reason).contains("slot.max-retained-wal"));
    }

    @Test
    void withoutTheRightToPublishItSaysWhatAnAdministratorHasToRun() throws IOException {
        shop.sql("drop role if exists reader; create role reader login replication; grant pg_read_all_data to reader");
        try (Shop poor =
                new Shop(shops.primary(), shop.database, "reader", folder.resolve("poor"), CrashPoints.none())) {
            TidemarkException refused = catchThrowableOfType(TidemarkException.class, poor::make);
            assertThat(refused.code()).isEqualTo(FailureCode.RIGHTS);
            assertThat(refused.hint()).contains("CREATE PUBLICATION \"tidemark_" + shop.database + "\"");
            String sql = refused.hint().substring(refused.hint().indexOf("CREATE"));
            shop.sql(sql);
            assertThat(poor.make()).isEmpty();
            shop.sql("insert into o values (1, 'a', 'b')");
            assertThat(poor.make()).hasSize(1);
            poor.state.chain().forget();
            shop.sql("select pg_drop_replication_slot('tidemark_" + shop.database + "')");
        }
    }

    @Test
    void aServerThatWasKilledRepeatsAndNothingComesTwice() throws IOException, InterruptedException {
        shop.make();
        shop.sql("insert into o values (1, 'a', 'a')");
        assertThat(shop.make()).hasSize(1);
        shops.primary().control("-m", "immediate", "restart");
        assertThat(shop.make()).isEmpty();
        shop.sql("insert into o values (2, 'b', 'b')");
        assertThat(shop.make()).hasSize(1);
        assertEqual();
    }

    /** Faults 1 to 5, 7. */
    @ParameterizedTest
    @EnumSource
    void aProcessThatIsHaltedAtAnyStepLosesNothing(PartialStep step) throws IOException, InterruptedException {
        boolean atBeginning = step == PartialStep.SLOT_CREATED || step == PartialStep.CHAIN_BEGUN;
        if (!atBeginning) {
            shop.make();
        }
        shop.sql("insert into o values (1, 'a', 'a')");
        assertThat(shop.halt(step)).isEqualTo(CrashPoints.EXIT_CODE);
        shop.make();
        shop.sql("insert into o values (2, 'b', 'b')");
        shop.make();
        Map<String, ?> replica = shop.replica("o");
        assertThat(replica).containsKey("2");
        if (!atBeginning) {
            assertThat(replica).isEqualTo(shop.original("o"));
            assertThat(shop.state.unfinished())
                    .allSatisfy(bundle -> assertThat(bundle.manifest()).isPresent());
        }
        assertOneChain();
    }

    private void assertOneChain() throws IOException {
        List<Manifest> manifests = shop.manifests();
        for (int i = 1; i < manifests.size(); i++) {
            Manifest.Partial partial = manifests.get(i).partial();
            assertThat(partial == null ? null : partial.from())
                    .isEqualTo(manifests.get(i - 1).position().lsn());
        }
    }
}
