package io.tidemark.receiver.replica;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.tidemark.bundle.BundleId;
import io.tidemark.database.Database;
import io.tidemark.receipt.Receipt;
import io.tidemark.receiver.inbox.MemoryFolder;
import io.tidemark.receiver.postprocess.PostProcessing;
import io.tidemark.receiver.postprocess.StepLedger;
import io.tidemark.receiver.postprocess.StepOutcome;
import io.tidemark.receiver.postprocess.StepState;
import io.tidemark.receiver.route.ReceiverNode;
import io.tidemark.receiver.settings.PostStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class PostProcessingTest {
    /** Writes down what it is given. */
    private static final String SCRIBE = """
            create table if not exists seen (run int, what text);
            insert into seen select (select coalesce(max(run), 0) + 1 from seen), w from (
              select name || ' ' || (key ->> 'id') || case when deleted then ' gone' else '' end from tidemark.changed_row
              union all select name || ' all' from tidemark.changed_table
              union all select 'run') x (w)""";

    @TempDir(factory = MemoryFolder.class)
    Path root;

    private History history;
    private Replica replica;

    @BeforeEach
    void begin() throws IOException {
        history = new History(Files.createDirectories(root.resolve("stash")));
        replica = new Replica(history, root);
        history.tick(
                "create table a (id int primary key, v text unique, w int); insert into a select i, 'v' || i, 0 from"
                        + " generate_series(1, 9) i; create table b (v text); insert into b values ('x'), ('x'); create table e (id int"
                        + " primary key)");
    }

    private PostStep sql(int place, String name, String text) throws IOException {
        Path file = Files.writeString(root.resolve(name + ".sql"), text);
        return step(place, name, Optional.of(file), List.of(), Duration.ZERO, Duration.ofMinutes(1), false);
    }

    private static PostStep step(
            int place,
            String name,
            Optional<Path> sql,
            List<String> command,
            Duration every,
            Duration timeout,
            boolean required) {
        return new PostStep(place, name, sql, command, every, timeout, Duration.ofSeconds(10), required);
    }

    private static PostStep command(String name, Duration timeout, String script) {
        return step(1, name, Optional.empty(), List.of("/bin/sh", "-c", script), Duration.ZERO, timeout, false);
    }

    private List<StepOutcome> run(boolean now) {
        try (ReceiverNode node = replica.node()) {
            return node.postProcess(now);
        }
    }

    private StepState state(int step) {
        return new StepLedger(
                        new Database(replica.server.url(replica.database), "postgres", null, Duration.ofSeconds(5)))
                .states()
                .get(step);
    }

    private String seen(int run) {
        return replica.read("select string_agg(what, ', ' order by what) from seen where run = " + run);
    }

    @Test
    void aStepIsGivenExactlyTheRowsThatEachBundleChanged() throws IOException {
        replica.post = List.of(sql(1, "scribe", SCRIBE));
        replica.load(history.complete());
        assertThat(run(false)).allMatch(StepOutcome::done);
        assertThat(seen(1)).as("everything, at first").isEqualTo("a all, b all, e all, run");

        int tick = history.tick(
                "insert into a values (10, 'new', 0); update a set w = 1 where id = 2; delete from a where id = 3");
        BundleId partial = history.partial(tick - 1, tick);
        replica.load(partial);
        run(false);
        assertThat(seen(2)).isEqualTo("a 10, a 2, a 3 gone, run");
        assertThat(state(0).bundle()).isEqualTo(partial.name());
        assertThat(state(0).behind()).isZero();

        history.tick("insert into a values (11, 'new too', 0)");
        replica.load(history.partial(tick, tick + 1));
        run(false);
        assertThat(seen(3)).as("inserts alone, which are copied at once").isEqualTo("a 11, run");

        replica.load(history.complete());
        run(false);
        assertThat(seen(4)).as("a complete that finds nothing to repair").isEqualTo("run");

        history.tick(
                "update a set v = 'swap' where id = 4; update a set v = 'v4' where id = 5; update a set v = 'v5' where id = 4;"
                        + " delete from a where id = 1; insert into a values (12, 'x', 0); insert into b values ('y')");
        replica.load(history.complete());
        run(false);
        assertThat(seen(5))
                .as("a complete that repairs, with unique values that move, and a table without a key")
                .isEqualTo("a 1 gone, a 12, a 4, a 5, b all, run");

        history.truncate("e");
        tick = history.tick("insert into e values (7)");
        replica.load(history.partial(tick - 1, tick));
        run(false);
        assertThat(seen(6)).isEqualTo("e 7, e all, run");
        assertThat(run(false)).as("nothing to do").isEmpty();
        assertThat(replica.read("select count(*) from tidemark.post_change")).isEqualTo("0");
    }

    /** A role of the name {@code tidemark} has that schema for its own, as {@code "$user"}. */
    @Test
    void whatAStepMakesIsNotAmongOurTablesWhereTheirSchemaComesFirst() throws IOException {
        replica.sql("create schema tidemark; create schema extra; create table tidemark.earlier (n int);"
                + " alter database " + replica.database + " set search_path = tidemark, extra, public");
        replica.post = List.of(sql(1, "maker", "create table made (n int); insert into earlier values (1)"));
        replica.load(history.complete());
        assertThat(run(false)).allMatch(StepOutcome::done);
        assertThat(replica.read("select schemaname from pg_tables where tablename = 'made'"))
                .isEqualTo("extra");
        assertThat(replica.read("select count(*) from tidemark.earlier")).isEqualTo("1");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void noChangeIsMissedWhateverComes(long seed) throws IOException {
        Random random = new Random(seed);
        replica.post = List.of(sql(1, "mirror", """
                create table if not exists mirror (id int primary key, w int);
                delete from mirror m using tidemark.changed_row c where c.name = 'a' and m.id = (c.key ->> 'id')::int;
                insert into mirror select a.id, a.w from a join tidemark.changed_row c on c.name = 'a' and a.id = (c.key ->> 'id')::int
                  where not c.deleted;
                delete from mirror where exists (select from tidemark.changed_table where name = 'a');
                insert into mirror select id, w from a where exists (select from tidemark.changed_table where name = 'a')"""));
        replica.load(history.complete());
        int tick = 1;
        for (int i = 0; i < 12; i++) {
            int id = random.nextInt(20);
            String change = switch (random.nextInt(5)) {
                case 0 -> "delete from a where id = " + id;
                case 1 -> "update a set id = id + 100 where id = " + id;
                case 2 -> "truncate a; insert into a values (" + id + ", 't', 9)";
                default ->
                    "insert into a values (" + id + ", 'r" + i + "', " + i + ") on conflict (id) do update set w = "
                            + i;
            };
            if (change.startsWith("truncate")) {
                history.truncate("a");
                change = change.substring(10);
            }
            int next = history.tick(change);
            if (random.nextInt(4) == 0) {
                replica.load(history.complete());
            } else {
                replica.load(history.partial(tick, next));
            }
            tick = next;
            if (random.nextBoolean()) {
                run(false);
            }
        }
        run(false);
        replica.assertEqual("a");
        assertThat(replica.read("select coalesce(string_agg(id || ' ' || w, ',' order by id), '') from mirror"))
                .isEqualTo(replica.read("select coalesce(string_agg(id || ' ' || w, ',' order by id), '') from a"));
    }

    @Test
    void whatAFailedStepHadToDoIsNotLostAndLoadingGoesOn() throws IOException {
        replica.post = List.of(
                sql(1, "scribe", SCRIBE + "; select 1 / count(*) from may_run"),
                sql(2, "after", "create table after_it ()"));
        replica.clock = Clock.fixed(Instant.parse("2026-03-02T04:00:00Z"), ZoneOffset.UTC);
        replica.sql("create table may_run (v int)");
        BundleId complete = history.complete();
        replica.load(complete);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger logger = (Logger) LoggerFactory.getLogger(PostProcessing.class);
        logger.addAppender(log);
        assertThat(run(false)).singleElement().satisfies(outcome -> {
            assertThat(outcome.failed()).isTrue();
            assertThat(outcome.failure()).contains("division by zero");
        });
        logger.detachAppender(log);
        assertThat(log.list)
                .as("lines, each about the bundle, and for the route's log")
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line.getMDCPropertyMap())
                        .containsEntry("bundle", complete.name())
                        .containsEntry("route", "post-process"));
        int tick = history.tick("insert into a values (10, 'new', 0)");
        replica.load(history.partial(tick - 1, tick));
        assertThat(run(false)).as("it rests").isEmpty();
        assertThat(state(0).failures()).isEqualTo(1);
        assertThat(state(0).behind()).isEqualTo(2);
        assertThat(replica.read("select to_regclass('after_it') is null and to_regclass('seen') is null"))
                .as("its own work was rolled back, and the next step waits for it")
                .isEqualTo("t");
        replica.sql("insert into may_run values (1)");
        replica.clock = Clock.offset(replica.clock, Duration.ofSeconds(11));
        assertThat(run(false)).hasSize(2).allMatch(StepOutcome::done);
        assertThat(seen(1)).isEqualTo("a 10, a all, b all, e all, run");
        assertThat(state(0)).extracting(StepState::failures, StepState::message).containsExactly(0, "");
    }

    @Test
    void aStepThatRestsDoesAllBundlesAtOnce() throws IOException {
        PostStep step = sql(1, "scribe", SCRIBE);
        replica.post = List.of(new PostStep(
                1, "scribe", step.sql(), List.of(), Duration.ofMinutes(15), step.timeout(), step.retry(), false));
        replica.clock = Clock.fixed(Instant.parse("2026-03-02T04:00:00Z"), ZoneOffset.UTC);
        replica.load(history.complete());
        run(false);
        for (int i = 0; i < 3; i++) {
            int tick = history.tick("update a set w = w + 1 where id in (1, " + (2 + i) + ")");
            replica.load(history.partial(tick - 1, tick));
            assertThat(run(false)).isEmpty();
        }
        replica.clock = Clock.offset(replica.clock, Duration.ofMinutes(15));
        assertThat(run(false)).hasSize(1);
        assertThat(seen(2)).isEqualTo("a 1, a 2, a 3, a 4, run");
    }

    @Test
    void aRequiredStepThatFailsHoldsLoading() throws IOException {
        PostStep step = sql(1, "must", "select 1 / count(*) from may_run");
        replica.post = List.of(step(1, "must", step.sql(), List.of(), Duration.ZERO, step.timeout(), true));
        replica.sql("create table may_run (v int)");
        replica.load(history.complete());
        run(false);
        int tick = history.tick("insert into a values (10, 'new', 0)");
        BundleId partial = history.partial(tick - 1, tick);
        Receipt held = replica.take(partial).of(partial.sequence());
        assertThat(held.state()).isEqualTo(Receipt.State.HELD);
        assertThat(held.reason()).contains("step must", "division by zero");
        replica.sql("insert into may_run values (1)");
        assertThat(run(true)).allMatch(StepOutcome::done);
        assertThat(replica.take().of(partial.sequence()).state()).isEqualTo(Receipt.State.LOADED);
    }

    @Test
    void aCommandLearnsWhatWasLoadedAndWhere() throws IOException {
        replica.post = List.of(command(
                "tell",
                Duration.ofMinutes(1),
                "echo $TIDEMARK_STEP $TIDEMARK_KIND $TIDEMARK_BUNDLE $TIDEMARK_DATABASE_USER $PGOPTIONS > " + root
                        + "/told; echo to standard output"));
        BundleId complete = history.complete();
        replica.load(complete);
        assertThat(run(false)).allMatch(StepOutcome::done);
        assertThat(Files.readString(root.resolve("told")).strip())
                .isEqualTo("tell complete " + complete.name() + " postgres -c tidemark.after=-1 -c tidemark.upto=1");
        assertThat(root.resolve("work/post/tell.out")).hasContent("to standard output");
    }

    @Test
    void aCommandThatHangsIsEndedWithAllThatItStarted() throws IOException {
        replica.post =
                List.of(command("hang", Duration.ofSeconds(1), "sleep 600 & echo $! > " + root + "/child; wait"));
        replica.load(history.complete());
        assertThat(run(false))
                .singleElement()
                .satisfies(outcome -> assertThat(outcome.failure()).contains("timeout, 1 s"));
        long child = Long.parseLong(Files.readString(root.resolve("child")).strip());
        Awaitility.await()
                .until(() ->
                        ProcessHandle.of(child).filter(ProcessHandle::isAlive).isEmpty());
        replica.post = List.of(command("fail", Duration.ofMinutes(1), "echo what went wrong; exit 3"));
        assertThat(run(false))
                .singleElement()
                .satisfies(outcome -> assertThat(outcome.failure()).isEqualTo("exit code 3: what went wrong"));
    }

    @Test
    void aHangingStepThatHoldsLocksMakesWayForALoad() throws Exception {
        replica.load(history.complete());
        replica.sql("alter table a add own text");
        replica.post = List.of(sql(1, "own", "update a set own = 'filled'; select pg_sleep(600)"));
        try (ReceiverNode node = replica.node()) {
            CompletableFuture<List<StepOutcome>> running = CompletableFuture.supplyAsync(() -> node.postProcess(false));
            Awaitility.await()
                    .until(() -> replica.read("select count(*) from pg_stat_activity where query like"
                                    + " '%pg_sleep(600)%' and wait_event = 'PgSleep'")
                            .equals("1"));
            int tick = history.tick("update a set w = 5");
            assertThat(replica.load(history.partial(tick - 1, tick)).equal()).isTrue();
            assertThat(running.get()).singleElement().satisfies(outcome -> {
                assertThat(outcome.failed()).as("nobody's fault").isFalse();
                assertThat(outcome.madeWay()).isTrue();
            });
        }
        assertThat(state(0).failures()).isZero();
        replica.assertEqualColumns("a", "id, v, w");
    }

    @Test
    void whatStepsFillInSurvivesMerges() throws IOException {
        replica.post = List.of(sql(1, "own", """
                alter table a add if not exists own text;
                update a set own = 'of ' || id where exists (select from tidemark.changed_table where name = 'a')
                  or id in (select (key ->> 'id')::int from tidemark.changed_row where name = 'a')"""));
        replica.load(history.complete());
        run(false);
        history.tick(
                "update a set v = 'swap' where id = 4; update a set v = 'v4' where id = 5; update a set v = 'v5' where id = 4;"
                        + " update a set w = 3 where id = 7; insert into a values (20, 'new', 0)");
        assertThat(replica.load(history.complete()).equal()).isTrue();
        assertThat(replica.read("select count(*) filter (where own = 'of ' || id) || ' of ' || count(*) from a"))
                .as("all but the new one, before the step runs")
                .isEqualTo("9 of 10");
        run(false);
        assertThat(replica.read("select count(*) filter (where own = 'of ' || id) from a"))
                .isEqualTo("10");
    }

    @Test
    void aFileMustNotEndTheTransaction() throws IOException {
        replica.post = List.of(sql(1, "commits", "create table half (); commit; select 1"));
        replica.load(history.complete());
        assertThat(run(false))
                .singleElement()
                .satisfies(outcome -> assertThat(outcome.failure()).contains("COMMIT"));
    }

    @Test
    void withoutStepsNothingIsNoted() throws IOException {
        replica.post = List.of(sql(1, "scribe", SCRIBE));
        replica.load(history.complete());
        replica.post = new ArrayList<>();
        int tick = history.tick("insert into a values (10, 'new', 0)");
        replica.load(history.partial(tick - 1, tick));
        assertThat(replica.read("select (select count(*) from tidemark.post_change) || ' ' || (select count(*) from"
                        + " tidemark.post_step)"))
                .isEqualTo("0 0");
    }
}
