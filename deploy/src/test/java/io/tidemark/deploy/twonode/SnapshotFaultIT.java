package io.tidemark.deploy.twonode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidemark.deploy.kit.PostgresCluster;
import io.tidemark.deploy.kit.TwoNodes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Transactions of the application that stand in the way of a snapshot: a complete neither waits for ever nor loses what they commit. */
final class SnapshotFaultIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String INSERT =
            "insert into \"AndroidRequests_token\" (token, busassignment_id, direction, color,"
                    + " \"phoneId\", \"timeCreation\") select md5(random()::text) || md5(random()::text), busassignment_id, direction, color,"
                    + " \"phoneId\", \"timeCreation\" from \"AndroidRequests_token\" where id = 1";

    private final Pair pair = Ground.small();
    private final PostgresCluster primary = pair.nodes().primary();

    @AfterEach
    void commitsWaitForNobodyAgain() {
        setStandby("");
    }

    private void setStandby(String names) {
        primary.psql("postgres", "alter system set synchronous_standby_names = '" + names + "'");
        primary.psql("postgres", "select pg_reload_conf()");
    }

    private Connection session() throws SQLException {
        return DriverManager.getConnection(
                primary.jdbcUrl(TwoNodes.PRIMARY), PostgresCluster.SUPERUSER, primary.password());
    }

    private void completeArrives() {
        pair.sender().with("lock.timeout", "2s").run("complete");
        pair.load(pair.receiver());
        pair.assertEqual();
        assertThat(primary.psql("postgres", "select count(*) from pg_replication_slots"))
                .isEqualTo("0");
    }

    @Test
    void aTransactionThatStaysOpenDoesNotHoldACompleteUp() throws SQLException {
        try (Connection open = session();
                Statement statement = open.createStatement()) {
            open.setAutoCommit(false);
            statement.execute(INSERT);
            completeArrives();
            open.commit();
        }
        completeArrives();
    }

    @Test
    void aCommitThatWaitsForAStandbyIsNotLost() throws Exception {
        try (Connection waiting = session();
                Statement statement = waiting.createStatement()) {
            setStandby("nobody");
            Thread commit = new Thread(() -> commit(statement), "commit");
            commit.start();
            await().atMost(PATIENCE)
                    .until(() -> primary.psql(
                                    "postgres", "select count(*) from pg_stat_activity where wait_event = 'SyncRep'")
                            .equals("1"));
            completeArrives();
            setStandby("");
            commit.join();
        }
        completeArrives();
    }

    private static void commit(Statement statement) {
        try {
            statement.execute(INSERT);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
