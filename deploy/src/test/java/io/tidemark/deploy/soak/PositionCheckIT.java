package io.tidemark.deploy.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.deploy.kit.KitException;
import io.tidemark.deploy.kit.PostgresCluster;
import io.tidemark.deploy.kit.PostgresPrograms;
import io.tidemark.deploy.kit.Scratch;
import io.tidemark.deploy.kit.Wait;
import io.tidemark.position.Lsn;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PositionCheckIT {
    private static final String PRIMARY = "shop";
    private static final String REPLICA = "copy";
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Scratch scratch = Scratch.create("test");
    private final PostgresCluster cluster = PostgresCluster.start(
            PostgresPrograms.newest(),
            scratch.resolve("cluster"),
            Map.of("fsync", "off", "wal_level", "logical", "max_prepared_transactions", "10"));
    private final SideRecord record = new SideRecord(cluster, PRIMARY);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @BeforeEach
    void databases() {
        cluster.psql("postgres", "create database " + PRIMARY);
        cluster.psql("postgres", "create database " + REPLICA);
        record.install();
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
        cluster.close();
        scratch.close();
    }

    @Test
    void theSideRecordTellsWhatWasThereAtEveryPosition() throws InterruptedException, ExecutionException, SQLException {
        Random random = new Random(1);
        SoakSchema schema = SoakSchema.generate(random, SoakOptions.of(PATIENCE, 1));
        cluster.psql(PRIMARY, schema.sql());

        Map<Lsn, Map<String, String>> held = new HashMap<>();
        for (int round = 1; round <= 3; round++) {
            write(schema, random, round * 200);
            held.put(position(), counted());
            redefine(schema, random);
            held.put(position(), counted());
        }
        record.read();

        assertThat(held.keySet().stream().sorted().toList())
                .hasSize(6)
                .allSatisfy(position -> assertThat(told(record.at(position)))
                        .as("at %s", position)
                        .isEqualTo(held.get(position)));
    }

    @Test
    void aRowThatIsAnotherOneAfterABundleIsFound() {
        PositionCheck check = checked("a", "id int primary key, v text");

        cluster.psql(PRIMARY, "insert into a values (1, 'one'), (2, 'two')");
        bundle("b1", position(), "insert into a values (1, 'one'), (2, 'two')");
        Lsn early = position();
        cluster.psql(PRIMARY, "update a set v = 'three' where id = 2");
        bundle("b2", early, "update a set v = v where id = 2");
        bundle("b3", position(), "update a set v = 'three' where id = 2");

        assertThatCode(check::check).doesNotThrowAnyException();
        assertThat(check.bundles()).isEqualTo(3);

        bundle("b4", position(), "update a set v = 'four' where id = 2");
        assertThatThrownBy(check::check)
                .isInstanceOf(KitException.class)
                .hasMessageContaining("after bundle b4")
                .hasMessageContaining("table public.a");
    }

    @Test
    void aTableWithoutAKeyIsThatOfTheLastCompleteAlsoWherePartialsHaveGoneOn() {
        PositionCheck check = checked("loose", "k0 int");

        cluster.psql(PRIMARY, "insert into loose values (1), (1)");
        Lsn complete = position();
        cluster.psql(PRIMARY, "delete from loose");
        bundle("1-complete-", complete, position(), "insert into loose values (1), (1)");
        bundle("2-partial-", position(), "select");

        assertThatCode(check::check).doesNotThrowAnyException();

        bundle("3-partial-", position(), "delete from loose");
        assertThatThrownBy(check::check).hasMessageContaining("after bundle 3-partial-");
        bundle("4-complete-", position(), "select");
        bundle("5-complete-", complete, position(), "select");
        assertThatThrownBy(check::check).hasMessageContaining("after bundle 5-complete-");
    }

    private static final String LEDGER =
            "create schema tidemark; create table tidemark.bundle (source text, name text, position text);"
                    + "create table tidemark.source (source text, position text); insert into tidemark.source values ('shop', '0/0');"
                    + "create table tidemark.relation (source text, schema text, name text, loaded boolean);"
                    + "insert into tidemark.relation values ('shop', 'public', 'a', true), ('shop', 'public', 'loose', true);";

    /** Of one table, on both sides. */
    private PositionCheck checked(String table, String columns) {
        String create = "create table " + table + " (" + columns + ");";
        cluster.psql(PRIMARY, create + "select soak.watch('" + table + "')");
        cluster.psql(REPLICA, LEDGER + create);
        PositionCheck check = new PositionCheck(record, cluster, REPLICA);
        check.install();
        return check;
    }

    private void bundle(String name, Lsn position, String change) {
        bundle(name, position, position, change);
    }

    private void bundle(String name, Lsn own, Lsn position, String change) {
        cluster.psql(
                REPLICA,
                "begin; insert into tidemark.bundle values ('shop', '" + name + "', '" + own + "');"
                        + "update tidemark.source set position = '" + position + "'; " + change + "; commit");
    }

    /** Until so much more was noted. */
    private void write(SoakSchema schema, Random random, int notes) throws InterruptedException, ExecutionException {
        AtomicBoolean pause = new AtomicBoolean();
        SoakOptions options = SoakOptions.of(PATIENCE, 1);
        List<Future<Integer>> writers = IntStream.range(0, 3)
                .mapToObj(i -> threads.submit(
                        new Writer(cluster, PRIMARY, schema, random.nextLong(), "w" + i, pause, options)))
                .toList();
        try {
            Wait.until(
                    "writers write",
                    PATIENCE,
                    () -> Integer.parseInt(cluster.psql(PRIMARY, "select count(*) from soak.record")
                                    .strip())
                            > notes);
        } finally {
            pause.set(true);
        }
        for (Future<Integer> writer : writers) {
            assertThat(writer.get()).isPositive();
        }
    }

    private void redefine(SoakSchema schema, Random random) throws SQLException {
        Redefinition redefinition = new Redefinition(schema, random);
        try (Connection connection = DriverManager.getConnection(
                        cluster.jdbcUrl(PRIMARY), PostgresCluster.SUPERUSER, cluster.password());
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (int changes = 0; changes < 20; ) {
                try {
                    redefinition.run(statement);
                    connection.commit();
                    changes++;
                } catch (SQLException notNow) {
                    connection.rollback();
                }
            }
        }
    }

    private Lsn position() {
        return Lsn.parse(
                cluster.psql(PRIMARY, "select pg_current_wal_flush_lsn()").strip());
    }

    private static Map<String, String> told(Map<String, SideRecord.Tally> tables) {
        return tables.entrySet().stream()
                .filter(table -> table.getValue().present())
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        table ->
                                table.getValue().rows() + " " + table.getValue().sum()));
    }

    private Map<String, String> counted() {
        String each = cluster.psql(
                PRIMARY,
                "select string_agg(format('select %L, count(*) || '' '' || coalesce(sum(soak.hash(row_to_json(t))), 0) from only %s t',"
                        + " soak.name(oid), oid::regclass), ' union all ') from pg_class"
                        + " where relkind = 'r' and relnamespace = 'public'::regnamespace");
        return cluster.psql(PRIMARY, "set timezone = 'UTC'; " + each)
                .lines()
                .map(line -> line.split("\\|", -1))
                .collect(Collectors.toMap(table -> table[0], table -> table[1]));
    }
}
