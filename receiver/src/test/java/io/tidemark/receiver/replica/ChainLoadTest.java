package io.tidemark.receiver.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.bundle.BundleId;
import io.tidemark.position.SourceIdentity;
import io.tidemark.receipt.Receipt;
import io.tidemark.receipt.Receipt.State;
import io.tidemark.receiver.inbox.MemoryFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChainLoadTest {
    private static final String TABLE =
            "create table a (id int primary key, v text); insert into a select i, 'v' || i from generate_series(1, 20) i;";

    @TempDir(factory = MemoryFolder.class)
    Path root;

    private History history;
    private Replica replica;

    @BeforeEach
    void open() throws IOException {
        history = new History(Files.createDirectories(root.resolve("stash")));
        replica = new Replica(history, root);
    }

    @Test
    void partialsWaitForTheFirstCompleteAndThenComeInOneGo() throws IOException {
        history.tick(TABLE);
        BundleId complete = history.complete();
        history.tick("insert into a values (100, 'x')");
        BundleId first = history.partial(1, 2);
        history.tick("delete from a where id = 100");
        BundleId second = history.partial(2, 3);
        Taken early = replica.take(second, first);
        assertThat(early.all())
                .allSatisfy(receipt -> assertThat(receipt.state()).isEqualTo(State.HELD));
        assertThat(early.of(2L).reason()).contains("first complete");
        assertThat(replica.take(complete).all())
                .hasSize(3)
                .allSatisfy(receipt -> assertThat(receipt.state()).isEqualTo(State.LOADED));
        replica.assertEqual("a");
    }

    @Test
    void aGapIsToldAndHealsByTheMissingBundle() throws IOException {
        history.tick(TABLE);
        replica.load(history.complete());
        history.tick("insert into a values (100, 'x')");
        BundleId missing = history.partial(1, 2);
        history.tick("update a set v = 'y' where id = 100");
        BundleId after = history.partial(2, 3);
        history.tick("delete from a where id = 1");
        BundleId last = history.partial(3, 4);
        Taken held = replica.take(after, last);
        assertThat(held.of(3L).reason()).isEqualTo("the changes from 0/100 to 0/200 have not come (missing: bundle 2)");
        assertThat(held.of(4L).reason()).isEqualTo("it waits behind bundle " + after);
        assertThat(held.of(3L).position()).isEqualTo(History.lsn(1));
        assertThat(replica.take(missing).all())
                .hasSize(3)
                .allSatisfy(receipt -> assertThat(receipt.state()).isEqualTo(State.LOADED));
        replica.assertEqual("a");
    }

    @Test
    void aGapHealsByACompleteAndWhatThatHoldsIsCovered() throws IOException {
        history.tick(TABLE);
        replica.load(history.complete());
        history.tick("insert into a values (100, 'x')");
        history.partial(1, 2);
        history.tick("insert into a values (101, 'x')");
        BundleId covered = history.partial(2, 3);
        BundleId complete = history.complete();
        history.tick("insert into a values (102, 'x')");
        BundleId next = history.partial(3, 4);
        assertThat(replica.take(covered, next).of(3L).state()).isEqualTo(State.HELD);
        Taken healed = replica.take(complete);
        assertThat(healed.of(3L).state()).isEqualTo(State.COVERED);
        assertThat(healed.of(4L).state()).isEqualTo(State.LOADED);
        assertThat(healed.of(5L).state()).isEqualTo(State.LOADED);
        replica.assertEqual("a");
        assertThat(replica.take(covered).of(3L).state()).isEqualTo(State.COVERED);
    }

    @Test
    void aSecondBundleOfTheSameNumberIsRefusedAndTheSameOneIsNot() throws IOException {
        history.tick(TABLE);
        replica.load(history.complete());
        history.tick("insert into a values (100, 'x')");
        BundleId bundle = history.partial(1, 2);
        replica.load(bundle);
        assertThat(replica.load(bundle).position()).as("of a replay").isEqualTo(History.lsn(2));
        history.back();
        history.tick("insert into a values (101, 'x')");
        BundleId other = history.partial(2, 3);
        assertThat(other.sequence()).isEqualTo(bundle.sequence());
        Receipt receipt = replica.take(other).of(2L);
        assertThat(receipt.state()).isEqualTo(State.REFUSED);
        assertThat(receipt.reason()).contains("another bundle with sequence 2");
    }

    @Test
    void aPartialOfAnotherDatabaseWaitsForItsComplete() throws IOException {
        history.tick(TABLE);
        replica.load(history.complete());
        history.identity = new SourceIdentity("7312345678901234567", 16384, 2);
        history.tick("insert into a values (100, 'x')");
        BundleId partial = history.partial(1, 2);
        assertThat(replica.take(partial).of(2L).reason()).contains("timeline 2", "timeline 1");
        BundleId complete = history.complete();
        Taken both = replica.take(complete);
        assertThat(both.of(3L).state()).isEqualTo(State.LOADED);
        assertThat(both.of(2L).state()).isEqualTo(State.COVERED);
        replica.assertEqual("a");
    }

    @Test
    void aCompleteSlowerThanPartialsTakesNoRowBack() throws IOException {
        history.tick(TABLE + "create table t (id int primary key, v text); insert into t values (1, 'old'), (2, 'old');"
                + " create table calm (id int primary key); insert into calm values (1), (2)");
        replica.load(history.complete());
        history.tick("update a set v = 'p2' where id <= 10");
        replica.load(history.partial(1, 2));
        BundleId slow = history.complete();
        history.tick(
                "delete from a where id = 1; insert into a values (200, 'later'); update a set v = 'later' where id = 2");
        replica.load(history.partial(2, 3));
        history.truncate("t");
        history.tick("insert into t values (2, 'reborn'), (3, 'reborn'); insert into a values (1, 'reborn')");
        replica.load(history.partial(3, 4));
        replica.sql(
                "delete from a where id = 15; update a set v = 'wrong' where id = 16; insert into a values (999, 'stray'); delete from calm where id = 2");
        Receipt receipt = replica.load(slow);
        assertThat(receipt.position()).isEqualTo(History.lsn(4));
        replica.assertEqual("a", "t", "calm");
        assertThat(receipt.tables().stream()
                        .mapToLong(table -> table.inserted() + table.updated() + table.deleted())
                        .sum())
                .as("repaired rows")
                .isEqualTo(4);
        history.tick("insert into a values (300, 'x')");
        replica.load(history.partial(4, 5));
        replica.assertEqual("a", "t", "calm");
        Receipt daily = replica.load(history.complete());
        assertThat(daily.tables())
                .allSatisfy(table -> assertThat(table.inserted() + table.updated() + table.deleted())
                        .as("changes in %s", table.name())
                        .isZero());
    }

    @Test
    void aTableThatIsNewArrivesWithItsCompleteAndWhatCameSince() throws IOException {
        history.tick(TABLE);
        replica.load(history.complete());
        history.tick("create table fresh (id int primary key, v text); insert into fresh values (1, 'a'), (2, 'b')");
        Receipt deferred = replica.load(history.partial(1, 2));
        assertThat(deferred.tables()).extracting(Receipt.TableResult::proof).containsExactly("deferred");
        assertThat(deferred.position()).isEqualTo(History.lsn(2));
        BundleId complete = history.complete();
        history.tick(
                "update fresh set v = 'later' where id = 1; insert into fresh values (3, 'c'); delete from fresh where id = 2");
        replica.load(history.partial(2, 3));
        replica.load(complete);
        replica.assertEqual("a", "fresh");
        history.tick("insert into fresh values (4, 'd')");
        replica.load(history.partial(3, 4));
        replica.assertEqual("a", "fresh");
    }

    @Test
    void aCompleteThatPartialsWithOtherColumnsOvertookIsLeftOut() throws IOException {
        history.tick(TABLE);
        replica.load(history.complete());
        history.tick("insert into a values (100, 'x')");
        BundleId slow = history.complete();
        replica.load(history.partial(1, 2));
        history.tick("alter table a add n int; update a set n = 1 where id = 100");
        replica.load(history.partial(2, 3));
        Receipt receipt = replica.take(slow).of(slow.sequence());
        assertThat(receipt.state()).isEqualTo(State.COVERED);
        assertThat(receipt.reason()).contains("overtaken", "other columns");
        replica.assertEqual("a");
        Receipt next = replica.load(history.complete());
        assertThat(next.equal()).isTrue();
    }

    @Test
    void aNewNullableColumnFlowsByItself() throws IOException {
        history.tick(TABLE
                + "create table p (id int, k text) partition by list (k); create table p1 partition of p (id primary key) for values in ('x');"
                + " insert into p values (1, 'x')");
        replica.load(history.complete());
        history.tick("alter table a add n int, add c text default 'it''s'; insert into a values (100, 'x', 5, null);"
                + " alter table p add z int; update p set z = 4");
        replica.load(history.partial(1, 2));
        replica.assertEqual("a", "p1");
        assertThat(replica.load(history.complete()).equal()).isTrue();
    }

    @Test
    void anyOtherDriftHoldsTheQueueUntilTheNextComplete() throws IOException {
        history.tick(TABLE);
        replica.load(history.complete());
        history.tick("alter table a rename v to w; insert into a values (100, 'x')");
        BundleId drifted = history.partial(1, 2);
        history.tick("insert into a values (101, 'x')");
        BundleId behind = history.partial(2, 3);
        Taken held = replica.take(drifted, behind);
        assertThat(held.of(2L).state()).isEqualTo(State.HELD);
        assertThat(held.of(2L).reason())
                .contains("table public.a: column w (text) is new on the primary", "column v (text) is gone");
        assertThat(held.of(3L).reason()).contains("waits behind bundle " + drifted);
        BundleId complete = history.complete();
        history.tick("insert into a values (102, 'x')");
        Taken healed = replica.take(history.partial(3, 4), complete);
        assertThat(healed.of(2L).state()).isEqualTo(State.COVERED);
        assertThat(healed.of(5L).state()).isEqualTo(State.LOADED);
        replica.assertEqual("a");
    }

    @Test
    void rowsThatPartialsDeletedDoNotHoldTheNextComplete() throws IOException {
        history.tick("create table a (id int primary key); insert into a select generate_series(1, 2000)");
        replica.load(history.complete());
        history.tick("delete from a where id > 10");
        replica.load(history.partial(1, 2));
        assertThat(replica.load(history.complete()).equal()).isTrue();
        replica.sql("insert into a select generate_series(1001, 4000)");
        history.tick("insert into a values (9999)");
        BundleId complete = history.complete();
        assertThat(replica.take(complete).of(complete.sequence()).state()).isEqualTo(State.LOADED);
        replica.assertEqual("a");
    }

    /** P4: any delivery, duplication or permutation ends in the same state. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void everyOrderOfDeliveryEndsInTheSameState(long seed) throws IOException {
        Random random = new Random(seed);
        history.tick(
                "create table a (id int primary key, u int unique, v text); insert into a select i, i, repeat('v' || i, 60) from generate_series(1, 30) i;"
                        + " create table b (id int primary key, a int references a on delete cascade)");
        List<BundleId> bundles = new ArrayList<>(List.of(history.complete()));
        for (int tick = 2; tick <= 12; tick++) {
            int id = 1 + random.nextInt(30);
            boolean emptied = random.nextInt(6) == 0;
            if (emptied) {
                history.truncate("b");
            }
            history.tick("update a set u = u + 1000; update a set u = (u - 1000 + " + random.nextInt(30)
                    + ") % 30 + 1 where u <= 1030;"
                    + " delete from a where id = " + id + "; insert into a values (" + (100 + tick) + ", "
                    + (5000 + tick) + ", 'n');"
                    + " update a set v = 'w" + tick + "' where id % 7 = " + tick % 7 + "; insert into b select " + tick
                    + ", min(id) from a");
            int from = random.nextInt(4) == 0 ? Math.max(1, tick - 1 - random.nextInt(3)) : tick - 1;
            bundles.add(history.partial(from, tick));
            if (random.nextInt(4) == 0) {
                bundles.add(history.complete());
            }
        }
        List<BundleId> delivery = new ArrayList<>(bundles);
        for (int i = 0; i < 5; i++) {
            delivery.add(bundles.get(random.nextInt(bundles.size())));
        }
        Collections.shuffle(delivery, random);
        while (!delivery.isEmpty()) {
            List<BundleId> now = delivery.subList(0, Math.min(1 + random.nextInt(4), delivery.size()));
            replica.take(now.toArray(BundleId[]::new));
            now.clear();
        }
        replica.assertEqual("a", "b");
        assertThat(replica.read("select position from tidemark.source"))
                .isEqualTo(History.lsn(12).toString());
    }
}
