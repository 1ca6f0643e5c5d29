package io.tidemark.receiver.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.bundle.BundleId;
import io.tidemark.bundle.Manifest;
import io.tidemark.change.Cell;
import io.tidemark.change.RowChange;
import io.tidemark.change.RowChange.Op;
import io.tidemark.failure.TidemarkException;
import io.tidemark.receipt.Receipt;
import io.tidemark.receipt.Receipt.State;
import io.tidemark.receiver.inbox.MemoryFolder;
import io.tidemark.receiver.restore.Export;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may go wrong around a partial that is itself in order. */
class PartialTroubleTest {
    private static final String TABLES = "create table a (id int primary key, v text);"
            + " insert into a select i, 'v' || i from generate_series(1, 20) i; create table b (id int primary key, n int);"
            + " insert into b select i, 0 from generate_series(1, 20) i";

    @TempDir(factory = MemoryFolder.class)
    Path root;

    private History history;
    private Replica replica;

    @BeforeEach
    void open() throws IOException {
        history = new History(Files.createDirectories(root.resolve("stash")));
        replica = new Replica(history, root);
        history.tick(TABLES);
        replica.load(history.complete());
    }

    /** Fault 57. */
    @Test
    void aDeadlockIsTriedAgain() throws Exception {
        history.tick("update a set v = v || '!'; update b set n = 1");
        BundleId bundle = history.partial(1, 2);
        replica.sql("alter database " + replica.database + " set deadlock_timeout = '100ms'");
        try (Connection analyst = history.server.open(replica.database);
                Statement statement = analyst.createStatement()) {
            statement.execute("set deadlock_timeout = '1h'");
            analyst.setAutoCommit(false);
            statement.execute("lock table b in share mode");
            CompletableFuture<Receipt> load = CompletableFuture.supplyAsync(() -> loaded(bundle));
            Awaitility.await()
                    .until(() -> history.server
                            .read("postgres", "select count(*) from pg_locks where not granted")
                            .equals("1"));
            statement.execute("lock table a in share mode");
            analyst.commit();
            assertThat(load.get().state()).isEqualTo(State.LOADED);
        }
        assertThat(history.server.read(
                        replica.database,
                        "select deadlocks > 0 from pg_stat_database where datname = current_database()"))
                .as("there was one")
                .isEqualTo("t");
        replica.assertEqual("a", "b");
        assertThat(replica.read("select count(*) from tidemark.bundle")).isEqualTo("2");
    }

    private Receipt loaded(BundleId bundle) {
        try {
            return replica.load(bundle);
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    /** Fault 52. */
    @Test
    void aCommitWhoseAnswerIsLostIsFoundInTheLedgerAndNotDoneTwice() throws Exception {
        history.tick("insert into a values (100, 'x'); update b set n = n + 1; delete from a where id = 1");
        BundleId bundle = history.partial(1, 2);
        URI server = URI.create(history.server.url(replica.database).substring("jdbc:".length()));
        replica.sql("create table public.commits (n int); create function f() returns trigger language plpgsql as"
                + " $$ begin insert into public.commits values (1); return null; end $$;"
                + " create trigger t after insert on tidemark.bundle for each row execute function f();"
                + " alter table tidemark.bundle enable always trigger t");
        try (LossyProxy proxy = new LossyProxy(server.getPort(), "tidemark.bundle")) {
            replica.port = proxy.port();
            Receipt receipt = replica.load(bundle);
            assertThat(proxy.hasCut()).isTrue();
            assertThat(receipt.position()).isEqualTo(History.lsn(2));
            assertThat(receipt.tables())
                    .extracting(table -> table.inserted() + table.updated() + table.deleted())
                    .containsExactlyInAnyOrder(2L, 20L);
        }
        assertThat(replica.read("select count(*) from public.commits"))
                .as("transactions that told of a bundle")
                .isEqualTo("1");
        replica.assertEqual("a", "b");
    }

    private Path archived(BundleId bundle) {
        return replica.archive().path(bundle);
    }

    private static void alter(Path bundle) throws IOException {
        try (Stream<Path> files = Files.walk(bundle.resolve("changes"))) {
            List<Path> changes = files.filter(Files::isRegularFile).toList();
            byte[] bytes = Files.readAllBytes(changes.get(0));
            bytes[bytes.length / 2] ^= 1;
            Files.write(changes.get(0), bytes);
        }
    }

    private static void remove(Path bundle) throws IOException {
        Files.move(bundle, bundle.resolveSibling("elsewhere"));
    }

    /** A complete that was overtaken needs what went beyond it; without that it must not take rows back in time. */
    @ParameterizedTest
    @ValueSource(strings = {"missing", "altered"})
    void anArchivedPartialThatIsGoneOrDamagedKeepsAnOvertakenCompleteOut(String harm) throws IOException {
        history.tick("update b set n = 1");
        BundleId slow = history.complete();
        replica.load(history.partial(1, 2));
        history.tick("delete from a where id = 1; update b set n = 2");
        BundleId beyond = history.partial(2, 3);
        replica.load(beyond);
        if (harm.equals("missing")) {
            remove(archived(beyond));
        } else {
            alter(archived(beyond));
        }
        Receipt receipt = replica.take(slow).of(slow.sequence());
        assertThat(receipt.state()).isEqualTo(State.COVERED);
        assertThat(receipt.reason()).contains("overtaken", beyond.toString());
        replica.assertEqual("a", "b");
        history.tick("update a set v = 'later'");
        assertThat(replica.load(history.complete()).equal()).isTrue();
        replica.assertEqual("a", "b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing", "altered"})
    void anArchivedPartialThatIsGoneOrDamagedIsNeverExported(String harm) throws IOException {
        history.tick("update b set n = 1");
        BundleId bundle = history.partial(1, 2);
        replica.load(bundle);
        Path target = Files.createDirectories(root.resolve("exported"));
        Path file = new Export(replica.archive()).export(bundle, target);
        assertThat(file).isNotEmptyFile();
        Files.delete(file);
        if (harm.equals("missing")) {
            remove(archived(bundle));
        } else {
            alter(archived(bundle));
        }
        assertThatThrownBy(() -> new Export(replica.archive()).export(bundle, target))
                .isInstanceOf(TidemarkException.class)
                .hasMessageContaining(bundle.toString());
        assertThat(target).isEmptyDirectory();
    }

    /** Fault 59. */
    @Test
    void aColumnOfTheReceiversOwnThatMustNotBeNullHoldsWithTheReasonAndNothingIsHalfDone()
            throws SQLException, IOException {
        replica.sql("alter table a add own int; update a set own = 1; alter table a alter own set not null");
        history.tick("insert into a values (100, 'x'); update b set n = 1");
        BundleId bundle = history.partial(1, 2);
        Receipt held = replica.take(bundle).of(bundle.sequence());
        assertThat(held.state()).isEqualTo(State.HELD);
        assertThat(held.reason()).contains("own", "public.a");
        assertThat(replica.read("select max(n) from b")).isEqualTo("0");
        replica.sql("alter table a alter own set default 5");
        assertThat(replica.take().of(bundle.sequence()).state()).isEqualTo(State.LOADED);
        replica.assertEqual("b");
        replica.assertEqualColumns("a", "id, v");
    }

    /** Fault 60. */
    @Test
    void rowsThatAreHiddenFromTheReceiverHoldWithTheReasonAndArriveOnceItMaySeeThem() throws IOException {
        replica.user = "loader_" + replica.database;
        replica.sql("create role " + replica.user + " login; grant set on parameter session_replication_role to "
                + replica.user + "; grant all on schema tidemark to " + replica.user
                + "; grant all on all tables in schema tidemark to " + replica.user + "; alter table a owner to "
                + replica.user + "; alter table b owner to " + replica.user
                + "; alter table a enable row level security; alter table a force row level security;"
                + " create policy none on a using (false) with check (false)");
        history.tick("update a set v = 'new' where id = 3; insert into a values (100, 'x'); update b set n = 1");
        BundleId bundle = history.partial(1, 2);

        Receipt held = replica.take(bundle).of(bundle.sequence());

        assertThat(held.state()).isEqualTo(State.HELD);
        assertThat(held.reason()).contains("row-level security", "\"a\"");
        assertThat(replica.read("select max(n) from b")).isEqualTo("0");
        replica.sql("alter role " + replica.user + " bypassrls");
        assertThat(replica.take().of(bundle.sequence()).state()).isEqualTo(State.LOADED);
        replica.assertEqual("a", "b");
    }

    /** Fault 49. */
    @Test
    void aPartialThatHoldsOtherRowsThanItsManifestSaysIsRefusedAndTheNextCompleteBringsThem() throws IOException {
        history.tick("update b set n = 1 where id = 7; insert into a values (100, 'x'), (101, 'y')");
        Map<String, byte[]> entries = new LinkedHashMap<>();
        List<Manifest.Changes> changes = new ArrayList<>();
        history.add(history.shape(2, "public.b"), false, List.of(row(Op.UPDATE, "7", "1")), changes, entries);
        history.add(
                history.shape(2, "public.a"),
                false,
                List.of(row(Op.INSERT, "100", "x"), row(Op.INSERT, "101", "y")),
                changes,
                entries);
        Manifest.Changes told = changes.remove(1);
        changes.add(new Manifest.Changes(
                told.table(), told.entry(), told.columns(), told.key(), told.shape(), false, 3, 0, 0));
        BundleId bundle = history.partial(History.lsn(1), History.lsn(2), changes, entries);

        Receipt refused = replica.take(bundle).of(bundle.sequence());

        assertThat(refused.state()).isEqualTo(State.REFUSED);
        assertThat(refused.reason()).contains("2 inserts", "the manifest says 3 inserts");
        assertThat(replica.read("select max(n) from b")).isEqualTo("0");
        assertThat(replica.load(history.complete()).equal()).isTrue();
        replica.assertEqual("a", "b");
    }

    private static RowChange row(Op op, String... cells) {
        return new RowChange(op, Stream.of(cells).map(Cell::of).toList(), List.of());
    }
}
