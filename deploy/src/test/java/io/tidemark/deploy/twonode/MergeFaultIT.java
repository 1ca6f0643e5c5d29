package io.tidemark.deploy.twonode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidemark.deploy.kit.NodeProcess;
import io.tidemark.deploy.kit.PostgresCluster;
import io.tidemark.deploy.kit.Scratch;
import io.tidemark.deploy.kit.TransApp;
import io.tidemark.deploy.kit.TwoNodes;
import io.tidemark.failure.FailureCode;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens to a later load: other sessions, and what the receiver lost in between. */
final class MergeFaultIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String TABLE = "\"AndroidRequests_poseintrajectoryoftoken\"";

    private final Pair pair = Ground.small();
    private final PostgresCluster replica = pair.nodes().replica();

    @BeforeEach
    void theFirstCompleteIsLoaded() {
        pair.travel();
        TransApp.change(pair.nodes().primary(), TwoNodes.PRIMARY, 100);
    }

    @Test
    void anAnalystsLongTransactionSeesOneStateAndHoldsNothingUp() throws SQLException {
        try (Connection analyst = open();
                Statement statement = analyst.createStatement()) {
            statement.execute("create schema analysts; create table analysts.cube (n int default 1 check (n < 100))");
            statement.execute("begin isolation level repeatable read");
            long before = count(statement);
            statement.execute("truncate analysts.cube");

            pair.travel();

            pair.assertEqual();
            assertThat(count(statement)).isEqualTo(before);
            statement.execute("commit");
            assertThat(count(statement)).isEqualTo(before + 100);
        }
    }

    @Test
    void aTableThatSomebodyLockedIsWaitedForOrTriedAgain() throws SQLException {
        pair.sender().run("complete");
        NodeProcess process;
        try (Connection locker = open();
                Statement statement = locker.createStatement()) {
            statement.execute("begin; lock table " + TABLE);
            process = pair.receiver().start("load");
            await().atMost(PATIENCE)
                    .until(() -> !process.running() || Pair.sessions(replica, "wait_event_type = 'Lock'") > 0);
            statement.execute("commit");
        }
        assertThat(process.await(PATIENCE).exitCode()).isIn(0, FailureCode.DATABASE.exitCode());

        pair.receiver().run("load");
        assertThat(pair.receipt().loadedAndEqual()).isTrue();
        pair.assertEqual();
    }

    @Test
    void aLostArchiveIsSentAgainAsAWhole() {
        Scratch.delete(pair.nodes().archive());

        pair.assertArrivesWithin(3);
    }

    @Test
    void aSenderThatLostItsStateGoesOn() {
        long before = pair.receipt().bundle().sequence();
        Scratch.delete(pair.scratch().resolve("sender"));

        pair.travel();

        assertThat(pair.receipt().bundle().sequence()).isGreaterThan(before);
        pair.assertEqual();
    }

    @Test
    void aLostContentComesWithALaterBundle() {
        Pair.files(pair.nodes().archive().resolve("blobs"), ".zst").stream()
                .limit(2)
                .forEach(Scratch::delete);

        pair.assertArrivesWithin(3);
    }

    private Connection open() throws SQLException {
        return DriverManager.getConnection(
                replica.jdbcUrl(TwoNodes.REPLICA), PostgresCluster.SUPERUSER, replica.password());
    }

    private static long count(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery("select count(*) from " + TABLE)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
