package io.tidemark.receiver.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidemark.bundle.BundleId;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.receipt.Receipt;
import io.tidemark.receipt.Receipt.State;
import io.tidemark.receiver.inbox.MemoryFolder;
import io.tidemark.receiver.route.ReceiverNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.sql.Connection;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others do to a replica, and a disk that is full, cost time and nothing else. */
class LoadFaultTest {
    @TempDir(factory = MemoryFolder.class)
    Path root;

    private History history;
    private Replica replica;

    @BeforeEach
    void open() throws IOException {
        history = new History(Files.createDirectories(root.resolve("stash")));
        replica = new Replica(history, root);
        history.tick(
                "create table a (id int primary key, v text);"
                        + " insert into a select i, 'v' from generate_series(1, 20) i;"
                        + " create table b (id int primary key, v text); insert into b select i, 'v' from generate_series(1, 20) i");
        replica.load(history.complete());
    }

    private static boolean waits(Server server, String database) {
        return server.read(
                        "postgres",
                        "select count(*) > 0 from pg_stat_activity where datname = '" + database
                                + "' and wait_event_type = 'Lock' and application_name like 'tidemark%'")
                .equals("t");
    }

    /** The loader is the one who notices, and so the one whose transaction is taken back. */
    @Test
    void aDeadlockIsTakenUpAgain() throws Exception {
        history.tick("update a set v = 'w' where id = 1; update b set v = 'w' where id = 1");
        BundleId bundle = history.partial(1, 2);
        try (Connection other = history.server.open(replica.database);
                Statement statement = other.createStatement()) {
            statement.execute("set deadlock_timeout = '60s'");
            other.setAutoCommit(false);
            statement.execute("update b set v = 'mine' where id = 1");
            CompletableFuture<Receipt> load = CompletableFuture.supplyAsync(() -> loaded(bundle));
            await().until(() -> waits(history.server, replica.database));
            statement.execute("update a set v = 'mine' where id = 1");
            other.commit();
            assertThat(load.get().state()).isEqualTo(State.LOADED);
        }
        replica.assertEqual("a", "b");
        assertThat(replica.read("select deadlocks from pg_stat_database where datname = current_database()"))
                .as("there was one")
                .isEqualTo("1");
    }

    private Receipt loaded(BundleId bundle) {
        try {
            return replica.load(bundle);
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    @Test
    void aColumnOfTheReplicasOwnThatMustNotBeEmptyHoldsTheBundleUntilItHasADefault() throws IOException {
        replica.sql("alter table a add own int not null default 0; alter table a alter own drop default");
        history.tick("insert into a values (100, 'x')");
        BundleId held = history.partial(1, 2);
        history.tick("update b set v = 'later'");
        BundleId behind = history.partial(2, 3);
        Taken taken = replica.take(held, behind);
        assertThat(taken.of(2L).state()).isEqualTo(State.HELD);
        assertThat(taken.of(2L).reason()).contains("own");
        assertThat(taken.of(3L).reason()).contains("waits behind");
        assertThat(replica.read("select count(*) from a where id = 100")).isEqualTo("0");

        replica.sql("alter table a alter own set default 7");
        assertThat(replica.take().all())
                .hasSize(2)
                .allSatisfy(receipt -> assertThat(receipt.state()).isEqualTo(State.LOADED));
        replica.assertEqualColumns("a", "id, v");
        replica.assertEqual("b");
        assertThat(replica.read("select own from a where id = 100")).isEqualTo("7");
    }

    /** The tables in which rows are staged lie on a file system of a megabyte, which grows afterwards. */
    @Test
    void aDiskThatIsFullWhileRowsAreStagedTakesNothingInHalf() throws Exception {
        Path small = Files.createTempDirectory("tidemark-small-");
        Assumptions.assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=1m", "none", small.toString()) == 0,
                "needs the right to mount a file system");
        String space = "small_" + replica.database;
        try {
            UserPrincipal owner = Files.getOwner(Path.of(replica.read("show data_directory")));
            Files.setOwner(small, owner);
            replica.sql("create tablespace " + space + " location '" + small + "'");
            replica.sql("alter database " + replica.database + " set temp_tablespaces = " + space);
            history.tick(
                    "insert into a select i, repeat(md5(i::text), 30) from generate_series(1001, 4000) i; update a set v = 'w' where id = 1;"
                            + " update b set v = 'w'; delete from b where id = 3");
            Receipt full = replica.take(history.partial(1, 2)).of(2L);
            assertThat(full.state()).isEqualTo(State.HELD);
            assertThat(full.reason()).contains("No space left");
            assertThat(full.hint()).contains("make room");
            assertThat(replica.read("select (select count(*) from a) || ' ' || (select count(*) from b where v = 'v')"))
                    .as("nothing of it")
                    .isEqualTo("20 20");

            assertThat(run("mount", "-o", "remount,size=100m", small.toString()))
                    .isZero();
            assertThat(replica.take().of(2L).state()).isEqualTo(State.LOADED);
            replica.assertEqual("a", "b");
            replica.sql("drop tablespace " + space);
        } finally {
            run("umount", "-l", small.toString());
            Files.delete(small);
        }
    }

    /** The replica's write-ahead log lies on a small file system, and nothing of it is thrown away. */
    @Test
    void aDiskThatIsFullOfTheReplicasLogTakesNothingInHalfAlthoughTheServerGoesDown() throws Exception {
        Path small = Files.createTempDirectory("tidemark-small-");
        Assumptions.assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=16m", "none", small.toString()) == 0,
                "needs the right to mount a file system");
        try {
            Files.setOwner(small, Files.getOwner(Path.of(replica.read("show data_directory"))));
            Server server = Server.withLogIn(small);
            Replica there = new Replica(history, Files.createDirectories(root.resolve("there")), server);
            there.load(history.complete());
            there.sql("select pg_create_physical_replication_slot('keep', true)");
            history.tick("insert into a select i, repeat(md5(i::text), 30) from generate_series(1001, 20000) i;"
                    + " update b set v = 'w'; delete from b where id = 3");
            BundleId bundle = history.partial(1, 2);
            history.deliver(bundle, there.root.resolve("inbox"));
            try (ReceiverNode node = there.node()) {
                TidemarkException failure = node.load(false).failure().orElseThrow();
                assertThat(failure.code()).isIn(FailureCode.DATABASE, FailureCode.DISK_FULL);
                assertThat(failure.hint()).contains("can be repeated");
            }
            assertThat(server.log()).contains("No space left on device");

            assertThat(run("mount", "-o", "remount,size=200m", small.toString()))
                    .isZero();
            server.startAgain();
            assertThat(there.read("select (select count(*) from a) || ' ' || (select count(*) from b where v = 'v')"))
                    .as("nothing of it")
                    .isEqualTo("20 20");
            there.sql("select pg_drop_replication_slot('keep')");
            assertThat(there.take().of(bundle.sequence()).state()).isEqualTo(State.LOADED);
            there.assertEqual("a", "b");
            server.stop();
        } finally {
            run("umount", "-l", small.toString());
            Files.delete(small);
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
