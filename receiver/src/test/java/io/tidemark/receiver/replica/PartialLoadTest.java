package io.tidemark.receiver.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.bundle.BundleId;
import io.tidemark.change.Cell;
import io.tidemark.change.RowChange;
import io.tidemark.receipt.Receipt;
import io.tidemark.receipt.Receipt.State;
import io.tidemark.receipt.Receipt.TableResult;
import io.tidemark.receiver.inbox.MemoryFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartialLoadTest {
    private static final String LONG = "repeat('long ', 100)";

    @TempDir(factory = MemoryFolder.class)
    Path root;

    private History history;
    private Replica replica;

    @BeforeEach
    void open() throws IOException {
        history = new History(Files.createDirectories(root.resolve("stash")));
        replica = new Replica(history, root);
    }

    private void begin(String sql) throws IOException {
        history.tick(sql);
        assertThat(replica.load(history.complete()).equal()).isTrue();
    }

    /** Runs statements on the primary, takes the partial to the replica and compares. */
    private Receipt change(String sql, String... tables) throws IOException {
        int tick = history.tick(sql);
        Receipt receipt = replica.load(history.partial(tick - 1, tick));
        replica.assertEqual(tables);
        return receipt;
    }

    @Test
    void rowsAreInsertedUpdatedAndDeletedAndCounted() throws IOException {
        begin(
                "create table a (id int primary key, v text); insert into a select i, 'v' || i from generate_series(1, 100) i; create table without_key (x int)");
        Receipt receipt = change(
                "insert into a values (200, null), (201, E'a\\tb\\\\c\\nd'); update a set v = 'new' where id <= 3; delete from a where id > 95 and id <= 100",
                "a");
        assertThat(receipt.tables()).containsExactly(new TableResult("public", "a", 10, 2, 3, 5, true, "log"));
        assertThat(receipt.position()).isEqualTo(History.lsn(2));
        assertThat(receipt.equal()).isTrue();
        assertThat(replica.read(
                        "select string_agg(position || ' ' || name, ', ' order by name) from tidemark.freshness"))
                .isEqualTo("0/200 a, 0/100 without_key");
    }

    @Test
    void uniqueValuesSwapAndRotate() throws IOException {
        begin("create table a (id int primary key, u text unique, note text); create unique index on a (lower(note));"
                + " insert into a values (1, 'x', 'A'), (2, 'y', 'B'), (3, 'z', 'C'), (4, 'w', 'D')");
        change(
                "begin; update a set u = '?' where id = 1; update a set u = 'x' where id = 2; update a set u = 'y' where id = 1; commit",
                "a");
        change(
                "begin; update a set u = u || '?'; update a set u = case id when 1 then 'x' when 2 then 'z' when 3 then 'y' else 'w' end; commit",
                "a");
        change(
                "begin; update a set note = note || '?'; update a set note = case id when 1 then 'b' when 2 then 'a' else 'k' || id end; commit",
                "a");
        change(
                "begin; delete from a where id = 4; update a set u = 'w' where id = 1; update a set u = 'q' where id = 3; insert into a values (9, 'y', 'D'); commit",
                "a");
    }

    @Test
    void keysMoveBetweenRows() throws IOException {
        begin("create table a (id int primary key, v text); insert into a values (1, 'one'), (2, 'two'), (3, 'three')");
        change(
                "begin; update a set id = -id; update a set id = case id when -1 then 2 when -2 then 1 else 3 end; commit",
                "a");
        change(
                "begin; delete from a where id = 3; insert into a values (3, 'again'); update a set id = 7 where id = 1; commit",
                "a");
    }

    @Test
    void cellsThatDidNotChangeAreKept() throws IOException {
        begin("create table a (id int primary key, n int, big text); insert into a select i, 0, i || " + LONG
                + " from generate_series(1, 5) i");
        change("update a set n = n + 1", "a");
        assertThat(replica.read("select count(*) from a where length(big) > 400 and n = 1"))
                .isEqualTo("5");
    }

    @Test
    void cellsThatDidNotChangeAreTakenFromTheKeyThatTheRowHasHere() throws IOException {
        begin("create table a (id int primary key, n int, big text); insert into a values (1, 0, 'one' || " + LONG
                + "), (2, 0, 'two' || " + LONG + ")");
        history.tick("update a set id = id + 10");
        history.tick("update a set id = id + 10, n = 5");
        BundleId whole = history.partial(
                1,
                3,
                "public.a",
                RowChange.of(RowChange.Op.DELETE, List.of(Cell.of("1"))),
                RowChange.of(RowChange.Op.DELETE, List.of(Cell.of("2"))),
                RowChange.of(RowChange.Op.DELETE, List.of(Cell.of("11"))),
                RowChange.of(RowChange.Op.DELETE, List.of(Cell.of("12"))),
                moved("21", "1", "11"),
                moved("22", "2", "12"));
        replica.load(history.partial(1, 2));
        assertThat(replica.read("select string_agg(id::text, ',' order by id) from a"))
                .isEqualTo("11,12");
        replica.load(whole);
        replica.assertEqual("a");
    }

    private static RowChange moved(String now, String first, String second) {
        return new RowChange(
                RowChange.Op.UPDATE,
                List.of(Cell.of(now), Cell.of("5"), Cell.UNCHANGED),
                List.of(
                        new RowChange.Formerly(List.of(Cell.of(first)), History.lsn(2)),
                        new RowChange.Formerly(List.of(Cell.of(second)), History.lsn(3))));
    }

    @Test
    void aRowWhoseValuesAreNowhereIsLeftOutAndTold() throws IOException {
        begin("create table a (id int primary key, n int, big text); insert into a values (1, 0, " + LONG + "), (2, 0, "
                + LONG + ")");
        replica.sql("delete from a where id = 1");
        int tick = history.tick("update a set n = 1");
        Receipt receipt = replica.load(history.partial(tick - 1, tick));
        assertThat(receipt.equal()).isFalse();
        assertThat(replica.read("select id || ':' || n from a")).isEqualTo("2:1");
        history.tick("update a set n = 2");
        assertThat(replica.load(history.complete()).equal()).isTrue();
        replica.assertEqual("a");
    }

    @Test
    void aTruncatedTableHoldsWhatCameAfter() throws IOException {
        begin(
                "create table a (id int primary key, v text); insert into a select i, 'v' || i from generate_series(1, 50) i;"
                        + " create table b (id int primary key); insert into b values (1)");
        history.truncate("a");
        history.truncate("b");
        replica.sql("alter table a add own text; update a set own = 'mine'");
        history.sql("insert into a values (3, 'back'), (100, 'new')");
        int tick = history.tick();
        replica.load(history.partial(tick - 1, tick));
        assertThat(replica.read("select id || v || coalesce(own, '-') from a order by id"))
                .isEqualTo("3backmine 100new-");
        assertThat(replica.read("select count(*) from b")).isEqualTo("0");
    }

    @Test
    void foreignKeysOfEveryShapeHold() throws IOException {
        begin(
                "create table p (id int primary key, up int references p); create table c (id int primary key, p int not null references p on delete cascade);"
                        + " create table x (id int primary key, y int); create table y (id int primary key, x int references x);"
                        + " alter table x add foreign key (y) references y deferrable initially deferred;"
                        + " insert into p values (1, null), (2, 1); insert into c values (1, 1), (2, 2); insert into x values (1, null); insert into y values (1, 1); update x set y = 1");
        change(
                "begin; insert into p values (3, 2); insert into c values (3, 3); update p set up = 3 where id = 1;"
                        + " insert into x values (2, 2); insert into y values (2, 2); commit",
                "p",
                "c",
                "x",
                "y");
        change(
                "begin; update p set up = null; delete from p where id = 2; commit; update x set y = null; delete from y; delete from x where id = 1",
                "p",
                "c",
                "x",
                "y");
    }

    @Test
    void typesWithoutEqualityAndAwkwardValuesTravel() throws IOException {
        begin("create domain must as text not null check (value <> ''); create type mood as enum ('glad', 'sad');"
                + " create table a (id numeric primary key, j json, p point, x xml, f float8, d timestamptz, b bytea, ar text[], m must, e mood, c char(5),"
                + " always int generated always as identity, twice int generated always as (length(m) * 2) stored);"
                + " insert into a values (1.0, '{\"a\": 1}', '(1,2)', '<a/>', 'NaN', 'infinity', '\\x00ff', '{a,NULL,\"b c\"}', 'm', 'glad', 'x'),"
                + " (2.5, null, null, null, '-Infinity', '0044-03-15 12:00:00+00 BC', '', '{}', 'n', 'sad', '')");
        change(
                "update a set j = '{\"a\":1}', p = '(3,4)', x = '<b>ü</b>', d = '-infinity', m = 'other' where id = 1; delete from a where id = 2.5;"
                        + " insert into a values (3, 'null', '(0,0)', null, 1e-300, now(), '\\x5c0a', '{\"\\\\\\\\\"}', 'ü\\t', null, 'abc')",
                "a");
        change("update a set j = '{\"a\": 2}' where id = 1; delete from a where id = 3", "a");
        assertThat(change("update a set j = j", "a").tables()).isEmpty();
    }

    @Test
    void whatTheReceiverAddedStays() throws IOException {
        begin("create table a (id int primary key, u int unique); insert into a values (1, 1), (2, 2), (3, 3)");
        replica.sql("alter table a add own text, add must int not null default 7;"
                + " create function f() returns trigger language plpgsql as $$ begin raise exception 'fired'; end $$;"
                + " create trigger t before insert or update or delete on a for each row execute function f();"
                + " set session_replication_role = replica; update a set own = 'mine' || id, must = id");
        int tick = history.tick(
                "begin; update a set u = -u; update a set u = case id when 1 then 2 when 2 then 1 else 3 end; insert into a values (4, 4); delete from a where id = 3; commit");
        replica.load(history.partial(tick - 1, tick));
        assertThat(replica.read("select concat_ws(':', id, u, own, must) from a order by id"))
                .isEqualTo("1:2:mine1:1 2:1:mine2:2 4:4:7");
    }

    @Test
    void rowsThatEqualAlreadyAreNotWritten() throws IOException {
        begin("create table a (id int primary key, v text); insert into a values (1, 'a'), (2, 'b')");
        history.tick("update a set v = v || '!'");
        BundleId first = history.partial(1, 2);
        history.tick("insert into a values (3, 'c')");
        BundleId second = history.partial(1, 3);
        replica.load(first);
        assertThat(replica.load(second).tables())
                .containsExactly(new TableResult("public", "a", 3, 1, 0, 0, true, "log"));
        replica.assertEqual("a");
    }

    @Test
    void rowsThatAreThereAlreadyDoNotStopInserts() throws IOException {
        begin("create table a (id int primary key, v text); insert into a values (1, 'a')");
        replica.sql("insert into a values (2, 'local')");
        change("insert into a values (2, 'b'), (3, 'c')", "a");
    }

    @Test
    void aColumnWithDeferrableUniquenessMayRotate() throws IOException {
        begin(
                "create table a (id int primary key, u int unique deferrable initially deferred); insert into a values (1, 1), (2, 2), (3, 3)");
        change("update a set u = u % 3 + 1", "a");
    }

    @Test
    void aLockedTableIsWaitedFor() throws Exception {
        begin("create table a (id int primary key); insert into a values (1)");
        int tick = history.tick("insert into a values (2)");
        BundleId bundle = history.partial(tick - 1, tick);
        try (Connection reader = history.server.open(replica.database);
                Statement statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            statement.execute("lock table a in access exclusive mode");
            Thread load = new Thread(() -> {
                try {
                    replica.load(bundle);
                } catch (IOException failure) {
                    throw new java.io.UncheckedIOException(failure);
                }
            });
            load.start();
            org.awaitility.Awaitility.await()
                    .until(() -> history.server
                            .read("postgres", "select count(*) from pg_locks where not granted")
                            .equals("1"));
            reader.commit();
            load.join();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
        replica.assertEqual("a");
    }

    @Test
    void aFileThatSaysAKeyTwiceIsRefused() throws IOException {
        begin("create table a (id int primary key, v text); insert into a values (1, 'a')");
        history.tick();
        BundleId bundle = history.partial(
                1,
                2,
                "public.a",
                RowChange.of(RowChange.Op.UPDATE, List.of(Cell.of("1"), Cell.of("b"))),
                RowChange.of(RowChange.Op.UPDATE, List.of(Cell.of("1"), Cell.of("c"))));
        Receipt receipt = replica.take(bundle).of(bundle.sequence());
        assertThat(receipt.state()).isEqualTo(State.REFUSED);
        assertThat(receipt.reason()).contains("a key stands there twice");
        assertThat(replica.read("select v from a")).isEqualTo("a");
        assertThat(root.resolve("quarantine").resolve(bundle.name())).isDirectory();
    }

    @Test
    void manyRowsComeAndGoInSeconds() throws IOException {
        begin(
                "create table a (id int primary key, n int, v text, t timestamptz default now()); insert into a select i, 0, 'v' || i from generate_series(1, 10) i");
        history.longValue = Integer.MAX_VALUE;
        int tick = history.tick("insert into a select i, i, 'value ' || i from generate_series(1000, 300999) i");
        Receipt inserted = replica.load(history.partial(tick - 1, tick));
        assertThat(inserted.milliseconds()).as("for 300 000 inserts").isLessThan(20_000);
        tick = history.tick("delete from a where id >= 1000");
        Receipt deleted = replica.load(history.partial(tick - 1, tick));
        assertThat(deleted.milliseconds()).as("for 300 000 deletes").isLessThan(20_000);
        replica.assertEqual("a");
    }
}
