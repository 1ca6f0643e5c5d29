package io.tidemark.deploy.twonode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidemark.deploy.kit.NodeProcess;
import io.tidemark.deploy.kit.PostgresCluster;
import io.tidemark.failure.FailureCode;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens to a first load. */
final class ReceiverFaultIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String COPYING = "query ilike 'copy%'";
    private static final String TABLE = "\"AndroidRequests_poseintrajectoryoftoken\"";

    private final Pair pair = Ground.medium();
    private final PostgresCluster replica = pair.nodes().replica();

    @BeforeEach
    void aCompleteWaitsInTheInbox() {
        pair.cutOnce("medium", pair.sender());
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
    void aServiceThatIsAskedToEndInTheMiddleOfALoadEndsSoonAndTheNextGoesOn() {
        NodeProcess service = pair.receiver().start("run");
        await().atMost(PATIENCE).until(() -> Pair.sessions(replica, COPYING) > 0 || !service.running());
        service.terminate();
        assertThat(service.await(PATIENCE).took()).isLessThan(Duration.ofSeconds(60));

        await().atMost(PATIENCE).until(() -> Pair.sessions(replica, "true") == 0);
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
}
