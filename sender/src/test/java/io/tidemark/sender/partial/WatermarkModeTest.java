package io.tidemark.sender.partial;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.bundle.Manifest;
import io.tidemark.crash.CrashPoints;
import io.tidemark.position.Position;
import io.tidemark.sender.log.LogNames;
import io.tidemark.sender.log.LogSource;
import io.tidemark.sender.settings.PartialSettings.Mode;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Partials of a real server, found by columns that grow. */
class WatermarkModeTest {
    private static final String[] SETTINGS = {
        "partial.mode=watermark", "watermark.columns=public.e:id, public.*:updated_at"
    };

    @RegisterExtension
    private final Shops shops = new Shops();

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Shop shop;

    @BeforeEach
    void open() throws IOException {
        shop = shops.open(folder, "postgres", SETTINGS);
        shop.sql("create table o (id int primary key, note text, updated_at timestamptz default clock_timestamp());"
                + "create table e (id bigserial primary key, note text); create table nokey (updated_at date);"
                + "insert into o select g, 'old' from generate_series(1, 50) g; insert into e (note) values ('old')");
    }

    private List<String> notes(String table) throws IOException {
        return shop.replica(table).values().stream()
                .map(cells -> String.valueOf(cells.get(1).text()))
                .sorted()
                .toList();
    }

    @Test
    void bringsRowsThatCameOrMovedAndNothingWhereNothingDid() throws IOException {
        assertThat(shop.make()).isEmpty();
        assertThat(shop.state.chain().openRequest()).isPresent();
        assertThat(shop.make()).isEmpty();
        shop.sql("insert into o values (51, E'a\\tb\\\\N\\n\"'); insert into o values (52, null);"
                + "update o set note = 'moved', updated_at = clock_timestamp() where id = 7");
        shop.sql("insert into e (note) values ('new')");
        assertThat(shop.make()).hasSize(1);
        assertThat(shop.make()).isEmpty();
        assertThat(notes("o")).containsExactlyInAnyOrder("a\tb\\N\n\"", "null", "moved");
        assertThat(notes("e")).containsExactly("new");
        assertOneChain();
    }

    @Test
    void rowsThatAreGoneOrLeaveTheColumnAloneAreForTheNextComplete() throws IOException {
        shop.make();
        shop.sql("delete from o where id = 3; update e set note = 'seen, as it is beyond the mark' where false");
        assertThat(shop.make()).isEmpty();
        shop.sql("update o set updated_at = '2001-01-01' where id = 4");
        assertThat(shop.make()).isEmpty();
    }

    /** In a savepoint, whose number no snapshot tells. */
    @ParameterizedTest
    @ValueSource(strings = {"insert into e (note) values ('late')", "insert into o values (60, 'late')"})
    void aLateCommitComesOnceItIsVisibleAndOnce(String insert) throws IOException, SQLException {
        String table = insert.substring("insert into ".length(), "insert into ".length() + 1);
        shop.make();
        try (Connection late = DriverManager.getConnection(shops.primary().url(shop.database), "postgres", "");
                Statement statement = late.createStatement()) {
            statement.execute("begin; savepoint a; " + insert);
            shop.sql("insert into e (note) values ('early'); insert into o values (61, 'early')");
            assertThat(shop.make()).hasSize(1);
            assertThat(notes(table)).containsExactly("early");
            assertThat(shop.make()).isEmpty();
            shop.sql("insert into e (note) select 'more' from generate_series(1, 5)");
            shop.make();
            statement.execute("commit");
        }
        assertThat(shop.make()).hasSize(1);
        assertThat(notes(table)).contains("early", "late");
        assertThat(shop.make()).isEmpty();
        assertOneChain();
    }

    @Test
    void aTransactionThatRanWhenTheChainBeganIsNotMissed() throws IOException, SQLException {
        try (Connection late = DriverManager.getConnection(shops.primary().url(shop.database), "postgres", "");
                Statement statement = late.createStatement()) {
            statement.execute("begin; insert into e (note) values ('late')");
            shop.sql("insert into e (note) values ('early')");
            shop.make();
            statement.execute("commit");
        }
        assertThat(shop.make()).hasSize(1);
        assertThat(notes("e")).contains("late");
    }

    @Test
    void aValueInTheFutureHidesNothing() throws IOException {
        shop.make();
        shop.sql("insert into o values (70, 'future', '2999-01-01'), (71, 'endless', 'infinity')");
        assertThat(shop.make()).hasSize(1);
        shop.sql("insert into o values (72, 'present')");
        assertThat(shop.make()).hasSize(1);
        assertThat(shop.make()).isEmpty();
        assertThat(notes("o")).containsExactly("endless", "future", "present");
    }

    @Test
    void rowsThatAreReferredToComeAlongWhereTheyAreNew() throws IOException {
        shop.sql("create table land (id int primary key, name text, above int references land);"
                + "create table city (id int primary key, name text, land int references land, updated_at timestamp default now());"
                + "insert into land values (1, 'old', null)");
        shop.make();
        shop.sql("insert into land values (2, 'new', 3), (3, 'above', 2), (4, 'alone', null)");
        assertThat(shop.make()).isEmpty();
        shop.sql("insert into city values (1, 'a', 1), (2, 'b', 2), (3, 'c', 2)");
        assertThat(shop.make()).hasSize(1);
        assertThat(notes("city")).containsExactly("a", "b", "c");
        assertThat(notes("land")).containsExactly("above", "new");
    }

    @Test
    void theManifestSaysHowItWasFoundAndStatusWhatIsNot() throws IOException {
        shop.make();
        shop.sql("insert into e (note) values ('new')");
        shop.make();
        Manifest manifest = shop.manifests().get(0);
        assertThat(manifest.position().kind()).isEqualTo(Position.Kind.SNAPSHOT);
        assertThat(manifest.partial()).extracting(Manifest.Partial::mode).isEqualTo(Manifest.Mode.WATERMARK);
        PrimaryStatus status = PrimaryStatus.ask(shop.settings);
        assertThat(status.excluded())
                .containsExactly(new Manifest.LeftOut("table public.nokey", "it has no usable key"));
        assertThat(status.choice().map(ModeChoice::mode)).contains(Mode.WATERMARK);
    }

    @Test
    void withoutTheRightToTheLogWatermarksAreChosen() throws IOException {
        shop.sql("drop role if exists plain; create role plain login; grant pg_read_all_data to plain");
        try (Shop plain =
                new Shop(shops.primary(), shop.database, "plain", folder.resolve("plain"), CrashPoints.none())) {
            LogNames names = LogNames.of(plain.settings.source());
            try (LogSource source = LogSource.open(plain.settings.database().database(Duration.ofSeconds(2)), names)) {
                ModeChoice choice = ModeChoice.of(plain.settings, source);
                assertThat(choice.mode()).isEqualTo(Mode.WATERMARK);
                assertThat(choice.reason()).contains("may not replicate");
            }
            assertThat(plain.make()).isEmpty();
            shop.sql("insert into o values (80, 'a')");
            assertThat(plain.make()).hasSize(1);
        }
    }

    @Test
    void aSlotOfTheLogIsGivenUp() throws IOException {
        try (Shop log = new Shop(shops.primary(), shop.database, folder.resolve("log"), CrashPoints.none())) {
            log.make();
        }
        assertThat(slots()).isNotEmpty();
        try (Shop marks =
                new Shop(shops.primary(), shop.database, folder.resolve("log"), CrashPoints.none(), SETTINGS)) {
            assertThat(marks.make()).isEmpty();
            assertThat(slots()).isEmpty();
            shop.sql("insert into o values (90, 'a')");
            assertThat(marks.make()).hasSize(1);
        }
    }

    private List<List<String>> slots() {
        return shops.primary()
                .rows(shop.database, "select slot_name from pg_replication_slots where database = current_database()");
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "CHAIN_BEGUN",
                "CHANGES_WRITTEN",
                "PARTIAL_WRITTEN",
                "PARTIAL_SEALED",
                "PARTIAL_COMMITTED",
                "CHAIN_MOVED"
            })
    void aProcessThatIsHaltedAtAnyStepLosesNothing(PartialStep step) throws IOException, InterruptedException {
        boolean atBeginning = step == PartialStep.CHAIN_BEGUN;
        if (!atBeginning) {
            shop.make();
        }
        shop.sql("insert into o values (91, 'a')");
        assertThat(shop.halt(step)).isEqualTo(CrashPoints.EXIT_CODE);
        shop.make();
        shop.sql("insert into o values (92, 'b')");
        shop.make();
        assertThat(notes("o")).isEqualTo(atBeginning ? List.of("b") : List.of("a", "b"));
        assertThat(shop.make()).isEmpty();
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
