package io.tidemark.receiver.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.bundle.BundleId;
import io.tidemark.crash.CrashPoints;
import io.tidemark.progress.Progress;
import io.tidemark.receipt.Receipt;
import io.tidemark.receipt.Receipt.State;
import io.tidemark.receiver.inbox.MemoryFolder;
import io.tidemark.receiver.route.BundleOutcome;
import io.tidemark.receiver.route.LoadReport;
import io.tidemark.receiver.route.ReceiverNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes while the rows of a complete are staged. */
class CompleteMeanwhileTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir(factory = MemoryFolder.class)
    Path root;

    private History history;
    private Replica replica;

    @BeforeEach
    void aChain() throws IOException {
        history = new History(Files.createDirectories(root.resolve("stash")));
        replica = new Replica(history, root);
        for (String table : List.of("hot", "still", "cold")) {
            history.sql("create table " + table + " (id int primary key, v text); insert into " + table
                    + " select i, 'v' || i from generate_series(1, 2000) i");
        }
        history.tick();
        replica.load(history.complete());
        history.tick("update hot set v = 'first' where id = 1");
        replica.load(history.partial(1, 2));
    }

    /** Runs when the rows of the complete begin to be staged, in their thread. */
    private interface Event {
        void happens() throws IOException;
    }

    private LoadReport load(BundleId complete, Event event) throws IOException {
        history.deliver(complete, root.resolve("inbox"));
        Progress staging = new Progress() {
            @Override
            public void begin(String stage, long total, Unit unit) {
                if (stage.equals("stage")) {
                    try {
                        event.happens();
                    } catch (IOException failure) {
                        throw new IllegalStateException(failure);
                    }
                }
            }

            @Override
            public void advance(String stage, long amount) {}

            @Override
            public void end(String stage, String summary) {}
        };
        try (ReceiverNode node = new ReceiverNode(replica.settings(), replica.clock, staging, CrashPoints.none())) {
            return node.load(false);
        }
    }

    private static Receipt of(LoadReport report, BundleId bundle) {
        return report.bundles().stream()
                .filter(outcome -> outcome.bundle().equals(bundle))
                .map(BundleOutcome::receipt)
                .findFirst()
                .orElseThrow();
    }

    private void await(String query, String value) {
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(replica.read(query)).isEqualTo(value));
    }

    private void comes(BundleId partial) throws IOException {
        history.deliver(partial, root.resolve("inbox"));
        await("select count(*) from tidemark.bundle where sequence = " + partial.sequence(), "1");
    }

    @Test
    void partialsGoOnAndTheCompleteTakesNoRowBack() throws IOException {
        history.tick(
                "insert into hot values (3000, 'of the complete'); update still set v = 'of the complete' where id = 2");
        BundleId complete = history.complete();
        BundleId before = history.partial(2, 3);
        history.tick(
                "update hot set v = 'later' where id = 3000; delete from hot where id = 5;"
                        + " update still set v = 'later' where id < 4; insert into cold values (4000, 'later'); delete from cold where id = 1");
        BundleId first = history.partial(3, 4);
        history.truncate("cold");
        history.tick("insert into cold values (1, 'again')");
        BundleId second = history.partial(4, 5);

        LoadReport report = load(complete, () -> {
            comes(before);
            comes(first);
            comes(second);
            assertThat(replica.read("select count(*) from tidemark.bundle where sequence = " + complete.sequence()))
                    .as("the complete is not merged yet")
                    .isEqualTo("0");
        });

        for (BundleId bundle : List.of(before, first, second, complete)) {
            assertThat(of(report, bundle).state()).as("%s", bundle).isEqualTo(State.LOADED);
        }
        replica.assertEqual("hot", "still", "cold");
        assertThat(of(report, complete).position()).isEqualTo(History.lsn(5));
    }

    @Test
    void whatSomebodyElseWritesMeanwhileIsSeenByTheMerge() throws IOException {
        history.tick("insert into hot values (3000, 'new')");
        BundleId complete = history.complete();

        LoadReport report = load(complete, () -> replica.sql("update cold set v = 'mine' where id = 7"));

        assertThat(of(report, complete).state()).isEqualTo(State.LOADED);
        replica.assertEqual("hot", "still", "cold");
    }

    @Test
    void aColumnThatAPartialAddsMeanwhileOvertakesTheComplete() throws IOException {
        history.tick("insert into hot values (3000, 'new')");
        BundleId complete = history.complete();
        BundleId before = history.partial(2, 3);
        history.tick("alter table hot add column w text; update hot set w = 'x' where id = 1");
        BundleId wider = history.partial(3, 4);

        LoadReport report = load(complete, () -> {
            comes(before);
            comes(wider);
        });

        assertThat(of(report, complete).state()).isEqualTo(State.COVERED);
        assertThat(of(report, complete).reason()).contains("other columns");
        replica.assertEqual("hot", "still", "cold");
    }

    @Test
    void aPartialBehindAGapIsToldOfWhileACompleteIsStagedAndComesAfterIt() throws IOException {
        history.tick("insert into hot values (3000, 'lost')");
        history.partial(2, 3);
        BundleId complete = history.complete();
        history.tick("update hot set v = 'later' where id = 3000");
        BundleId after = history.partial(3, 4);

        LoadReport report = load(complete, () -> {
            history.deliver(after, root.resolve("inbox"));
            Path receipt = root.resolve("receipts");
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(receipt)
                            .isDirectoryRecursivelyContaining(
                                    file -> file.getFileName().toString().contains(after.name())));
        });

        assertThat(of(report, complete).state()).isEqualTo(State.LOADED);
        replica.take();
        replica.assertEqual("hot", "still", "cold");
    }

    @Test
    void aFailureOfTheStagingIsThatOfTheComplete() throws IOException {
        history.tick("update hot set v = 'new' where id = 1");
        BundleId complete = history.complete();

        LoadReport report = load(
                complete,
                () -> replica.sql("select pg_terminate_backend(pid) from pg_stat_activity where application_name ="
                        + " 'tidemark load' and datname = current_database()"));

        assertThat(of(report, complete).state()).isEqualTo(State.HELD);
        assertThat(replica.take().of(complete.sequence()).state()).isEqualTo(State.LOADED);
        replica.assertEqual("hot", "still", "cold");
    }
}
