package io.tidemark.deploy.twonode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidemark.deploy.kit.FolderCompare;
import io.tidemark.deploy.kit.Node;
import io.tidemark.deploy.kit.NodeProcess;
import io.tidemark.deploy.kit.PostgresCluster;
import io.tidemark.deploy.kit.TwoNodes;
import io.tidemark.failure.FailureCode;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens to a complete while it is cut. A link that stands still and a small outbox hold it in the middle for as long as needed. */
final class SenderFaultIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String COPYING = "query ilike 'copy%'";

    private final Pair pair = Ground.medium();
    private final PostgresCluster primary = pair.nodes().primary();

    @BeforeEach
    void theLinkWillStandStillInTheFirstVolume() {
        pair.wire().stallAfter(300_000);
    }

    @AfterEach
    void theSettingsAreTheUsualOnesAgain() {
        primary.psql("postgres", "alter role " + TwoNodes.ROLE + " reset all");
        pair.nodes().replica().psql("postgres", "alter role " + TwoNodes.ROLE + " reset all");
    }

    private Node sender() {
        return pair.sender().with("volume.size", "1MB").with("outbox.max-size", "2MB");
    }

    /** Until some COPY waits for room in the outbox. */
    private NodeProcess heldInTheMiddle(Node sender) {
        NodeProcess process = sender.start("complete");
        await().atMost(PATIENCE).until(() -> {
            assertThat(process.running()).as(process.error() + process.output()).isTrue();
            return Pair.files(pair.scratch().resolve("sender/outbox"), ".tar").size() >= 1
                    && Pair.sessions(primary, COPYING) > 0;
        });
        return process;
    }

    private void arrivesAfterAll(NodeProcess process) {
        pair.wire().stall(false);
        NodeProcess.Result result = process.await(PATIENCE);
        assertThat(result.exitCode()).as(result.error() + result.output()).isZero();
        pair.load(pair.receiver());
        pair.assertEqual();
    }

    @Test
    void aTerminatedCopyIsTakenUpAgain() {
        NodeProcess process = heldInTheMiddle(sender());
        Pair.terminate(primary, COPYING);
        arrivesAfterAll(process);
    }

    @Test
    void allItsSessionsMayBeTerminated() {
        NodeProcess process = heldInTheMiddle(sender());
        Pair.terminate(primary, "true");
        arrivesAfterAll(process);
    }

    @Test
    void aPrimaryThatCrashesCostsOneComplete() {
        NodeProcess process = heldInTheMiddle(sender());
        primary.kill9();
        pair.wire().stall(false);
        int exitCode = process.await(PATIENCE).exitCode();
        primary.start();

        assertThat(exitCode).isEqualTo(FailureCode.DATABASE.exitCode());
        pair.travel(sender(), pair.receiver());
        pair.assertEqual();
    }

    @Test
    void anOutboxThatStaysFullEndsTheCompleteLoudlyAndLeavesThePrimaryAlone() {
        NodeProcess.Result result = sender().with("outbox.patience", "2s").tryRun("complete");

        Pair.assertFailed(result, FailureCode.OUTBOX_FULL);
        assertThat(result.error() + result.output()).contains("outbox");
        assertThat(Pair.sessions(primary, "true")).as("sessions left").isZero();
        assertThat(primary.psql("postgres", "select count(*) from pg_replication_slots"))
                .isEqualTo("0");

        pair.wire().stall(false);
        pair.travel();
        pair.assertEqual();
    }

    @Test
    void theOutboxNeverHoldsMoreThanItsCap() {
        NodeProcess process = heldInTheMiddle(sender());
        await().pollDelay(Duration.ofSeconds(2)).until(process::running);

        long bytes = FolderCompare.size(pair.scratch().resolve("sender/outbox"));
        assertThat(bytes).isLessThan(3_300_000);
        arrivesAfterAll(process);
    }

    @Test
    void tablesMadeMeanwhileComeWithTheNextComplete() {
        NodeProcess process = heldInTheMiddle(sender());
        pair.primary("create table born_late (id integer primary key); insert into born_late values (1)");
        pair.wire().stall(false);
        NodeProcess.Result result = process.await(PATIENCE);
        assertThat(result.exitCode()).isIn(0, FailureCode.DATABASE.exitCode());

        pair.travel();
        pair.assertEqual();
    }

    @Test
    void theApplicationGoesOnWorkingMeanwhile() {
        NodeProcess process = heldInTheMiddle(sender());
        pair.primary(
                "set statement_timeout = '5s'; update \"AndroidRequests_report\" set message = 'meanwhile' where id < 100;"
                        + "insert into \"AndroidRequests_busv2\" (\"registrationPlate\", uuid) values ('NEW', gen_random_uuid());"
                        + "delete from \"AndroidRequests_poseintrajectoryoftoken\" where id < 50");
        pair.wire().stall(false);
        assertThat(process.await(PATIENCE).exitCode()).isZero();
        pair.load(pair.receiver());

        assertThat(pair.replica("select count(*) from \"AndroidRequests_report\" where message = 'meanwhile'"))
                .as("the snapshot is older than the change")
                .isEqualTo("0");
        pair.travel();
        pair.assertEqual();
    }

    @Test
    void aSecondSenderOfTheSameFolderIsBusy() {
        NodeProcess first = heldInTheMiddle(sender());
        Pair.assertFailed(sender().tryRun("complete"), FailureCode.BUSY);
        arrivesAfterAll(first);
    }

    @Test
    void anEndOnRequestLeavesNothingBehindThatHinders() {
        NodeProcess process = heldInTheMiddle(sender());
        process.terminate();
        assertThat(process.await(PATIENCE).exitCode()).isNotZero();

        await().atMost(PATIENCE).until(() -> Pair.sessions(primary, "true") == 0);
        pair.wire().stall(false);
        pair.travel();
        pair.assertEqual();
    }

    @Test
    void aKilledSenderLeavesNothingOnThePrimary() {
        NodeProcess process = heldInTheMiddle(sender());
        process.kill9();
        process.await(PATIENCE);

        await().atMost(PATIENCE).until(() -> Pair.sessions(primary, "true") == 0);
        assertThat(primary.psql("postgres", "select count(*) from pg_replication_slots"))
                .isEqualTo("0");
        pair.wire().stall(false);
        pair.travel();
        pair.assertEqual();
    }

    @Test
    void oddSettingsOfTheRolesChangeNothing() {
        pair.wire().stall(false);
        for (PostgresCluster cluster :
                new PostgresCluster[] {primary, pair.nodes().replica()}) {
            for (String setting : new String[] {
                "intervalstyle = 'sql_standard'",
                "bytea_output = 'escape'",
                "datestyle = 'German'",
                "timezone = 'Asia/Kathmandu'",
                "extra_float_digits = -3",
                "search_path = 'pg_temp'",
                "standard_conforming_strings = off",
                "statement_timeout = '20s'",
                "client_encoding = 'LATIN1'"
            }) {
                cluster.psql("postgres", "alter role " + TwoNodes.ROLE + " set " + setting);
            }
        }

        primary.psql("postgres", "alter role " + TwoNodes.ROLE + " set default_transaction_read_only = on");

        pair.travel();
        pair.assertEqual();
    }
}
