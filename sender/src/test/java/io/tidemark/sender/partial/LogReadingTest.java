package io.tidemark.sender.partial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.position.Lsn;
import io.tidemark.sender.log.BrokenChainException;
import io.tidemark.sender.log.LogNames;
import io.tidemark.sender.log.LogPeek;
import io.tidemark.sender.log.LogSource;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** How the log is read: by looks that leave the server alone between ticks, or by a stream, and from one to the other. */
class LogReadingTest {
    /** More than is read in one go. */
    private static final String MUCH =
            "insert into o select g, 'n' || g, repeat(md5(g::text), 40) from" + " generate_series(%d, %d) g";

    /** A few of what is read in one go are more than should be read again. */
    private static final String SOME =
            "insert into o select g, 'n' || g, repeat(md5(g::text), 64) from generate_series(%d, %d) g";

    private static final int SOME_BYTES = 2 << 20;

    @RegisterExtension
    private final Shops shops = new Shops();

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Shop shop;

    @BeforeEach
    void open() throws IOException {
        shop = shop("postgres");
    }

    private Shop shop(String user) throws IOException {
        Shop made = shops.open(folder.resolve(user), user);
        made.sql("create table o (id int primary key, note text, large text);"
                + "alter table o alter large set storage external");
        made.make();
        return made;
    }

    /** As the service does it, which keeps what reads the log. */
    private void tick() {
        shop.maker.make("scheduled", true);
    }

    private boolean isStreamed() {
        return !shops.primary()
                .rows(
                        "postgres",
                        "select from pg_replication_slots s where s.active and s.database = '" + shop.database + "'")
                .isEmpty();
    }

    private void assertEqual() throws IOException {
        assertThat(shop.replica("o")).isEqualTo(shop.original("o"));
    }

    @Test
    void aLittleIsReadInOneGoAndNobodyHoldsTheSlotAfterwards() throws IOException {
        for (int i = 1; i <= 3; i++) {
            shop.sql("insert into o values (" + i + ", 'a', 'b'); update o set note = 'c' where id = 1");
            tick();
            assertThat(isStreamed()).isFalse();
        }
        assertEqual();
        assertThat(shop.manifests()).hasSize(3);
    }

    @Test
    void theServersLogIsLeftAlone() throws IOException {
        shop.sql("insert into o values (1, 'a', 'b')");
        List<String> before = told();
        tick();
        shop.sql("insert into o values (2, 'a', 'b')");
        tick();
        assertThat(told()).isEqualTo(before);
        assertEqual();
    }

    /** By itself a server remembers a place to begin at each 15 seconds, and would read again what these ticks read. */
    @Test
    void aServerWithMuchToDoReadsLittleAgain() throws IOException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 6; i++) {
            shop.sql(SOME.formatted(1 + i * 1000, 1000 + i * 1000));
            tick();
            assertThat(isStreamed()).isFalse();
            least = Math.min(least, i < 4 ? Long.MAX_VALUE : retained());
        }
        assertThat(least).as("of 12 MB and more").isLessThan(3L * SOME_BYTES);
        assertEqual();
    }

    /** Where somebody is open at each note, a server begins at the one before it, and that only once it has met both again. */
    @Test
    void aServerOnWhichSomebodyIsAlwaysOpenReadsLittleAgain() throws Exception {
        AtomicBoolean enough = new AtomicBoolean();
        List<Thread> writers = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            writers.add(writer(-i * 1_000_000, enough));
        }
        List<Long> retained = new ArrayList<>();
        try {
            for (int i = 0; i < 8; i++) {
                shop.sql(SOME.formatted(1 + i * 1000, 1000 + i * 1000));
                tick();
                assertThat(isStreamed()).isFalse();
                retained.add(retained());
            }
        } finally {
            enough.set(true);
            for (Thread writer : writers) {
                writer.join();
            }
        }
        Collections.sort(retained);
        assertThat(retained.get(retained.size() / 2))
                .as("the middle of all ticks")
                .isLessThan(SOME_BYTES / 2L);
        tick();
        assertEqual();
    }

    /** Commits a row every few milliseconds, and is open in between. */
    private Thread writer(int from, AtomicBoolean enough) {
        Thread writer = new Thread(() -> {
            try (Connection connection =
                            DriverManager.getConnection(shops.primary().url(shop.database), "postgres", "");
                    Statement statement = connection.createStatement()) {
                for (int i = from; !enough.get(); i++) {
                    statement.execute("begin; insert into o values (" + i + ", 'short', '')");
                    statement.execute("select pg_sleep(0.003); commit");
                }
            } catch (SQLException failure) {
                throw new IllegalStateException(failure);
            }
        });
        writer.start();
        return writer;
    }

    @Test
    void whoIsOpenForLongIsNotWaitedForAndNothingIsSaidOfIt() throws IOException, SQLException {
        List<String> before = told();
        try (Connection connection = DriverManager.getConnection(shops.primary().url(shop.database), "postgres", "");
                Statement open = connection.createStatement()) {
            open.execute("begin; insert into o values (-1, 'open', '')");
            for (int i = 0; i < 4; i++) {
                shop.sql(SOME.formatted(1 + i * 1000, 1000 + i * 1000));
                tick();
                assertThat(isStreamed()).isFalse();
            }
            assertThat(told()).isEqualTo(before);
            assertThat(slots()).as("but the one that stays").isEqualTo(1);
            open.execute("commit");
        }
        tick();
        assertEqual();
    }

    @Test
    void aServerWithoutAFreeSlotReadsAgainWhatItHasRead() throws IOException, SQLException {
        try (Connection connection = DriverManager.getConnection(shops.primary().url(shop.database), "postgres", "");
                Statement others = connection.createStatement()) {
            others.execute("select pg_create_physical_replication_slot('other' || g, false, true)"
                    + " from generate_series(1, current_setting('max_replication_slots')::int"
                    + " - (select count(*)::int from pg_replication_slots)) g");
            for (int i = 0; i < 4; i++) {
                shop.sql(SOME.formatted(1 + i * 1000, 1000 + i * 1000));
                tick();
                assertThat(isStreamed()).isFalse();
            }
        }
        assertEqual();
    }

    private long retained() {
        return Long.parseLong(only(
                "select pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn)::bigint from pg_replication_slots where database = '"
                        + shop.database + "'"));
    }

    private int slots() {
        return Integer.parseInt(
                only("select count(*) from pg_replication_slots where database = '" + shop.database + "'"));
    }

    private String only(String query) {
        return shops.primary().rows("postgres", query).get(0).get(0);
    }

    private List<String> told() throws IOException {
        return shops.primary().log().stream()
                .filter(line -> line.contains("timeout") || line.contains("slot") || line.contains("logical decoding"))
                .toList();
    }

    @Test
    void changesAreStreamedWhereTheRoleMayNotKeepLinesOutOfTheServersLog() throws IOException {
        shop = shop(Primary.STREAMED);
        shop.sql("insert into o values (1, 'a', 'b')");
        tick();
        assertThat(isStreamed()).isTrue();
        assertEqual();
    }

    @Test
    void aRoleThatIsQuietAnywayNeedsNoRight() throws IOException {
        shops.primary().sql("postgres", "alter role " + Primary.STREAMED + " set log_min_messages = panic");
        try {
            shop = shop(Primary.STREAMED);
            shop.sql("insert into o values (1, 'a', 'b')");
            tick();
            assertThat(isStreamed()).isFalse();
            assertEqual();
        } finally {
            shops.primary().sql("postgres", "alter role " + Primary.STREAMED + " reset log_min_messages");
        }
    }

    @Test
    void muchIsStreamedAndLittleAfterwardsIsNot() throws IOException {
        shop.sql(MUCH.formatted(1, 20_000));
        tick();
        assertThat(isStreamed()).isTrue();
        // By itself a server moves to a new place to begin at after 15 seconds.
        for (int i = 0; i < 3; i++) {
            shop.sql("update o set note = 'x' where id < 10");
            tick();
        }
        assertThat(isStreamed()).isFalse();
        assertEqual();
    }

    @Test
    void aTransactionThatIsOpenForLongComesWholeWhetherItWasStreamedOrNot() throws IOException, SQLException {
        try (Connection connection = DriverManager.getConnection(shops.primary().url(shop.database), "postgres", "");
                Statement slow = connection.createStatement()) {
            slow.execute("begin; insert into o values (-1, 'slow', '')");
            shop.sql("insert into o values (1, 'a', 'b')");
            tick();
            slow.execute("update o set note = 'slower' where id = -1");
            shop.sql(MUCH.formatted(2, 20_000));
            tick();
            assertThat(isStreamed()).isTrue();
            slow.execute("insert into o values (-2, 'slow', ''); commit");
            tick();
        }
        shop.sql("delete from o where id = 2");
        shop.sql("checkpoint");
        tick();
        shop.sql("delete from o where id = 3");
        tick();
        assertThat(isStreamed()).isFalse();
        assertEqual();
    }

    @Test
    void whereTheServerHasNoRoomToPutChangesAsideTheyAreStreamed() throws IOException {
        shop.sql(MUCH.formatted(1, 3000));
        shops.primary().sql("postgres", "alter database " + shop.database + " set temp_file_limit = 0");
        shops.primary().sql("postgres", "alter database " + shop.database + " set work_mem = '64kB'");
        assertThatThrownBy(this::tick).hasMessageContaining("temp_file_limit");
        tick();
        assertThat(isStreamed()).isTrue();
        assertEqual();
    }

    /** Somebody may take the slot between two looks, after it was found where it should be. */
    @Test
    void aSlotThatIsMovedJustBeforeItIsReadBreaksTheChain() throws IOException {
        LogNames names = LogNames.of(shop.database);
        try (LogSource source = LogSource.open(shop.settings.database().database(Duration.ofSeconds(2)), names)) {
            Lsn from = source.slot().confirmed().orElseThrow();
            shop.sql("insert into o values (1, 'a', 'b')");
            shop.sql("select pg_replication_slot_advance('" + names.slot() + "', pg_current_wal_lsn())");
            LogHolder holder = new LogHolder();
            LogHolder.Range range = new LogHolder.Range(from, source.slot().flushed());
            assertThatThrownBy(() -> holder.reading(
                            source, source.catalogue(shop.settings.tables()), range, folder.resolve("open"), 1 << 20))
                    .isInstanceOf(BrokenChainException.class);
            holder.abort();
        }
    }

    /** At the end of a page the log may be on disk up to the middle of a record, for whose rest the server would wait. */
    @Test
    void fromTheEndOfAPageTheServerIsLedToTheEndOfARecord() throws IOException {
        LogNames names = LogNames.of(shop.database);
        try (LogSource source = LogSource.open(shop.settings.database().database(Duration.ofSeconds(2)), names)) {
            Lsn from = source.slot().confirmed().orElseThrow();
            shop.sql("insert into o select g, 'n', '' from generate_series(1, 100) g");
            Lsn page = new Lsn(source.slot().flushed().value() & -1024L);
            assertThat(page).isGreaterThan(from);
            LogHolder holder = new LogHolder();
            LogHolder.Reading reading = holder.reading(
                    source,
                    source.catalogue(shop.settings.tables()),
                    new LogHolder.Range(from, page),
                    folder.resolve("open"),
                    1 << 20);
            assertThat(reading.log()).isInstanceOf(LogPeek.class);
            assertThat(reading.log().told())
                    .isGreaterThan(source.slot().confirmed().orElseThrow());
            assertThat(reading.log().told().value() % 1024).isNotZero();
            assertThat(reading.log().told()).isGreaterThan(page);
            holder.end();
        }
    }
}
