package io.tidemark.deploy.twonode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidemark.deploy.kit.Node;
import io.tidemark.deploy.kit.NodeProcess;
import io.tidemark.deploy.kit.PostgresCluster;
import io.tidemark.deploy.kit.Scratch;
import io.tidemark.deploy.kit.TransApp;
import io.tidemark.deploy.kit.TwoNodes;
import io.tidemark.failure.FailureCode;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens to a load. */
final class ReceiverFaultIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String COPYING = "query ilike 'copy%'";
    private static final String TABLE = "\"AndroidRequests_poseintrajectoryoftoken\"";

    private final Pair pair = Ground.medium();
    private final PostgresCluster replica = pair.nodes().replica();

    @BeforeEach
    void aCompleteWaitsInTheInbox() {
        pair.sender().run("complete");
    }

    @Test
    void aDatabaseThatIsDownIsNotTheBundlesFault() {
        replica.stop();
        NodeProcess.Result result = pair.receiver().tryRun("load");
        replica.start();

        Pair.assertFailed(result, FailureCode.DATABASE);
        assertThat(Pair.files(pair.scratch().resolve("receiver/quarantine"), ""))
                .isEmpty();
        pair.load(pair.receiver());
        pair.assertEqual();
    }

    @Test
    void aDatabaseThatCrashesInTheMiddleOfAFirstLoadComesOut() {
        NodeProcess process = pair.receiver().start("load");
        await().atMost(PATIENCE).until(() -> Pair.sessions(replica, COPYING) > 0 || !process.running());
        replica.kill9();
        process.await(PATIENCE);
        replica.start();

        pair.load(pair.receiver());
        pair.assertEqual();
        pair.assertSameSchema();
    }

    @Test
    void aKilledReceiverComesOutOfAFirstLoad() {
        NodeProcess process = pair.receiver().start("load");
        await().atMost(PATIENCE).until(() -> Pair.sessions(replica, COPYING) > 0 || !process.running());
        process.kill9();
        process.await(PATIENCE);

        pair.load(pair.receiver());
        pair.assertEqual();
        pair.assertSameSchema();
    }

    @Test
    void terminatedSessionsAreTakenUpAgain() {
        NodeProcess process = pair.receiver().start("load");
        await().atMost(PATIENCE).until(() -> Pair.sessions(replica, COPYING) > 0 || !process.running());
        Pair.terminate(replica, "true");
        assertThat(process.await(PATIENCE).exitCode()).isIn(0, FailureCode.DATABASE.exitCode());

        pair.receiver().run("load");
        assertThat(pair.receipt().loadedAndEqual()).isTrue();
        pair.assertEqual();
    }

    @Test
    void twoReceiversDoTheWorkOnce() {
        NodeProcess first = pair.receiver().start("load");
        NodeProcess second = pair.receiver().start("load");
        int one = first.await(PATIENCE).exitCode();
        int other = second.await(PATIENCE).exitCode();

        assertThat(one == 0 || other == 0).isTrue();
        assertThat(new int[] {one, other}).containsAnyOf(0, FailureCode.BUSY.exitCode());
        pair.assertEqual();
        assertThat(pair.replica("select count(*) from " + TABLE)).isEqualTo("100000");
    }

    @Test
    void anAnalystsLongTransactionSeesOneStateAndHoldsNothingUp() throws Exception {
        pair.load(pair.receiver());
        CompletableFuture<String> analyst = CompletableFuture.supplyAsync(
                () -> pair.replica("begin isolation level repeatable read; select count(*) from " + TABLE
                        + "; select pg_sleep(12); select count(*) from " + TABLE + "; commit"));
        await().until(() -> replica.psql(
                        "postgres",
                        "select count(*) from pg_stat_activity where query ilike '%pg_sleep(12)%' and wait_event = 'PgSleep'")
                .equals("1"));
        TransApp.change(pair.nodes().primary(), TwoNodes.PRIMARY, 300);

        pair.travel();

        assertThat(analyst.isDone()).as("the load was faster than the analyst").isFalse();
        pair.assertEqual();
        assertThat(analyst.get()).isEqualTo("100000\n\n100000");
    }

    @Test
    void aTableThatSomebodyLockedIsWaitedForOrTriedAgain() {
        pair.load(pair.receiver());
        TransApp.change(pair.nodes().primary(), TwoNodes.PRIMARY, 300);
        pair.sender().run("complete");
        CompletableFuture<String> locker = CompletableFuture.supplyAsync(
                () -> pair.replica("begin; lock table " + TABLE + "; select pg_sleep(4); commit"));
        await().until(() -> replica.psql(
                        "postgres",
                        "select count(*) from pg_locks where mode = 'AccessExclusiveLock' and granted and locktype = 'relation'")
                .equals("1"));

        NodeProcess.Result result = pair.receiver().tryRun("load");
        assertThat(result.exitCode()).isIn(0, FailureCode.DATABASE.exitCode());

        locker.join();
        pair.receiver().run("load");
        assertThat(pair.receipt().loadedAndEqual()).isTrue();
        pair.assertEqual();
    }

    @Test
    void aLostArchiveIsSentAgainAsAWhole() {
        pair.load(pair.receiver());
        Scratch.delete(pair.nodes().archive());
        TransApp.change(pair.nodes().primary(), TwoNodes.PRIMARY, 100);

        arrivesWithinThreeCompletes(pair.sender());
    }

    @Test
    void aSenderThatLostItsStateGoesOn() {
        pair.load(pair.receiver());
        long before = pair.receipt().bundle().sequence();
        Scratch.delete(pair.scratch().resolve("sender"));
        TransApp.change(pair.nodes().primary(), TwoNodes.PRIMARY, 100);

        pair.travel();

        assertThat(pair.receipt().bundle().sequence()).isGreaterThan(before);
        pair.assertEqual();
    }

    @Test
    void aLostContentComesWithTheNextBundle() {
        pair.load(pair.receiver());
        Pair.files(pair.nodes().archive().resolve("blobs"), ".zst").stream()
                .limit(2)
                .forEach(Scratch::delete);
        TransApp.change(pair.nodes().primary(), TwoNodes.PRIMARY, 100);

        arrivesWithinThreeCompletes(pair.sender());
    }

    /** A bundle that counts on what was lost is held; the next one brings it. */
    private void arrivesWithinThreeCompletes(Node sender) {
        for (int i = 0; i < 3; i++) {
            sender.run("complete");
            if (pair.receiver().tryRun("load").exitCode() == 0 && pair.receipt().loadedAndEqual()) {
                pair.assertEqual();
                return;
            }
        }
        throw new AssertionError("not loaded: " + pair.receipt().json().toPrettyString());
    }
}
