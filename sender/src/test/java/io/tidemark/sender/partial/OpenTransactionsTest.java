package io.tidemark.sender.partial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidemark.bundle.Manifest;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Transactions that the server tells in parts while they are open; it is made to do so early. */
class OpenTransactionsTest {
    private static final int WRITERS = 3;

    @RegisterExtension
    private final Shops shops = new Shops(Primary::tellingEarly);

    private final List<Connection> connections = new ArrayList<>();

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Shop shop;

    @BeforeEach
    void open() throws IOException {
        shop = shops.open(folder, Primary.STREAMED);
        shop.sql("create table o (id int primary key, note text, large text);"
                + "alter table o alter large set storage external;"
                + "create table p (id int primary key, note text, large text)");
        shop.make();
    }

    @AfterEach
    void close() throws SQLException {
        for (Connection connection : connections) {
            connection.close();
        }
    }

    private Statement session() throws SQLException {
        Connection connection = DriverManager.getConnection(shops.primary().url(shop.database), "postgres", "");
        connections.add(connection);
        return connection.createStatement();
    }

    /** As the service does it, which keeps the stream. */
    private int tick() {
        return shop.maker.make("scheduled", true).size();
    }

    private void assertEqual() throws IOException {
        for (String table : List.of("o", "p")) {
            assertThat(shop.replica(table)).isEqualTo(shop.original(table));
        }
    }

    private static String rows(String table, int from, int count) {
        return "insert into " + table + " select g, 'n' || g, repeat('x', 200) from generate_series(" + from + ","
                + (from + count - 1) + ") g";
    }

    @Test
    void comeInParts() throws SQLException, IOException {
        Statement large = session();
        large.execute("begin; " + rows("o", 1, 3000));
        shop.sql("insert into p values (1, 'small', '')");
        assertThat(tick()).isEqualTo(1);
        assertEqual();
        await().until(this::parts, parts -> parts > 0);
        large.execute(rows("o", 3001, 3000));
        large.execute("commit");
        assertThat(tick()).isEqualTo(1);
        assertEqual();
    }

    @Test
    void areReadOnBetweenTicksUpToWhatElseIsCommitted() throws SQLException, IOException {
        Statement large = session();
        large.execute("begin; " + rows("o", 1, 3000));
        tick();
        large.execute(rows("o", 3001, 3000));
        shop.sql("insert into p values (1, 'small', '')");
        large.execute(rows("o", 6001, 3000));
        for (int i = 0; i < 5; i++) {
            shop.maker.readAhead(Duration.ofMillis(50));
        }
        assertThat(tick()).isEqualTo(1);
        assertEqual();
        large.execute("commit");
        shop.maker.readAhead(Duration.ofMillis(50));
        assertThat(tick()).isEqualTo(1);
        assertEqual();
        shop.maker.readAhead(Duration.ofMillis(50));
    }

    /** How many parts the server has sent up to now. */
    private long parts() {
        return Long.parseLong(shops.primary()
                .rows(
                        shop.database,
                        "select stream_count from pg_stat_replication_slots where slot_name = 'tidemark_"
                                + shop.database + "'")
                .get(0)
                .get(0));
    }

    @Test
    void ofTheSameTableComeOneAfterAnother() throws SQLException, IOException {
        Statement one = session();
        Statement other = session();
        one.execute("begin; " + rows("o", 1, 2000));
        other.execute("begin; " + rows("o", 10_001, 2000));
        shop.sql("insert into o values (50000, 'small', '')");
        one.execute("update o set note = 'one' where id <= 2000");
        other.execute("commit");
        shop.sql("update o set note = 'later' where id in (50000, 10005)");
        one.execute("commit");
        assertThat(tick()).isGreaterThan(1);
        assertEqual();
    }

    @Test
    void leaveNothingWhereTheyAreTakenBack() throws SQLException, IOException {
        Statement large = session();
        large.execute("begin; " + rows("o", 1, 2000) + "; savepoint a; " + rows("o", 5000, 2000)
                + "; savepoint b; delete from o where id < 1000; rollback to b; " + rows("p", 10, 2000));
        shop.sql("insert into p values (1, 'small', '')");
        assertThat(tick()).isEqualTo(1);
        await().until(this::parts, parts -> parts > 0);
        large.execute("rollback to a; " + rows("o", 5000, 10) + "; release a; update o set id = id + 100000");
        assertThat(tick()).isZero();
        large.execute("commit");
        tick();
        assertEqual();
        large.execute("begin; " + rows("o", 1, 2000));
        tick();
        large.execute("rollback");
        assertThat(tick()).isZero();
        assertEqual();
    }

    @Test
    void areToldAgainAfterTheStreamHasGone() throws SQLException, IOException, InterruptedException {
        Statement large = session();
        large.execute("begin; " + rows("o", 1, 2000));
        tick();
        assertThat(shop.make()).isEmpty();
        large.execute(rows("o", 2001, 10) + "; commit");
        assertThat(tick()).isEqualTo(1);
        assertEqual();
        shop.maker.close();
        assertThat(tick()).isZero();
    }

    @Test
    void mayMakeTheTablesAndTypesThatTheyFill() throws SQLException, IOException {
        shop.sql("create type kind as enum ('a'); create table parent (id int, k kind, primary key (id))"
                + " partition by range (id)");
        shop.make();
        Statement large = session();
        large.execute("begin; create type fresh as enum ('b'); alter table parent add f fresh;"
                + " create table child partition of parent for values from (0) to (10000);"
                + " insert into parent select g, 'a', 'b' from generate_series(1, 5000) g");
        tick();
        large.execute("insert into parent select g, 'a', 'b' from generate_series(5001, 6000) g; commit");
        tick();
        assertThat(shop.replica("child")).isEqualTo(shop.original("child"));
        List<Manifest> manifests = shop.manifests();
        Manifest.Partial last = manifests.get(manifests.size() - 1).partial();
        assertThat(last == null ? List.of() : last.changes().get(0).columns())
                .extracting(Object::toString)
                .anySatisfy(column -> assertThat(column).contains("public.fresh"));
    }

    @Test
    void thatChangeADefinitionBetweenRowsBeginANewChain() throws SQLException {
        shop.state.raiseSequence(7);
        Statement large = session();
        large.execute("begin; " + rows("o", 1, 2000) + "; alter table o add column more int;"
                + "insert into o select g, '', '', g from generate_series(3000, 6000) g; commit");
        tick();
        assertThat(shop.state.chain().openRequest()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whateverIsWrittenArrives(long seed) throws SQLException, IOException {
        Random random = new Random(seed);
        List<Writer> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            writers.add(new Writer(session(), i * 1_000_000));
        }
        for (int step = 0; step < 60; step++) {
            writers.get(random.nextInt(WRITERS)).step(random);
            if (random.nextInt(3) == 0) {
                shop.maker.readAhead(Duration.ofMillis(random.nextInt(30)));
            }
            if (random.nextInt(4) == 0) {
                if (random.nextInt(5) == 0) {
                    shop.make();
                } else {
                    tick();
                }
                assertEqual();
            }
        }
        for (Writer writer : writers) {
            writer.commit();
        }
        tick();
        assertEqual();
    }

    /** Writes to keys of its own in transactions of any size and shape. */
    private static final class Writer {
        private final Statement session;
        private final int base;
        private int next;
        private int savepoints;
        private boolean open;

        private Writer(Statement session, int base) {
            this.session = session;
            this.base = base;
        }

        private void step(Random random) throws SQLException {
            if (!open) {
                session.execute("begin");
                open = true;
            }
            String table = random.nextBoolean() ? "o" : "p";
            int from = base + random.nextInt(next + 1);
            String some = " where id between " + from + " and " + (from + random.nextInt(400));
            switch (random.nextInt(9)) {
                case 0, 1, 2 -> {
                    int count = 1 + random.nextInt(700);
                    session.execute(rows(table, base + next, count));
                    next += count;
                }
                case 3 -> session.execute("update " + table + " set note = note || 'u'" + some);
                case 4 -> session.execute("delete from " + table + some);
                case 5 -> {
                    session.execute("update " + table + " set id = id + 500000, note = 'm'" + some);
                    next += 400;
                }
                case 6 -> session.execute("savepoint s" + savepoints++);
                case 7 -> back(random);
                default -> end(random);
            }
        }

        private void back(Random random) throws SQLException {
            if (savepoints > 0) {
                savepoints = random.nextInt(savepoints) + 1;
                session.execute("rollback to s" + (savepoints - 1));
            }
        }

        private void end(Random random) throws SQLException {
            session.execute(random.nextInt(3) == 0 ? "rollback" : "commit");
            open = false;
            savepoints = 0;
        }

        private void commit() throws SQLException {
            session.execute("commit");
        }
    }
}
