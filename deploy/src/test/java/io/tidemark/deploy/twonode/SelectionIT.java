package io.tidemark.deploy.twonode;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.deploy.kit.Node;
import io.tidemark.deploy.kit.NodeProcess;
import io.tidemark.deploy.kit.PostgresCluster;
import io.tidemark.deploy.kit.TextFiles;
import io.tidemark.deploy.kit.TwoNodes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

final class SelectionIT {

    @Test
    void foreignKeysToTablesLeftOutAreLeftOutAndNamed() {
        Pair pair = Ground.small();
        Node sender = pair.sender().with("tables.exclude", "public.AndroidRequests_token,*.AndroidRequests_event");

        NodeProcess.Result sent = sender.run("complete");
        pair.load(pair.receiver());

        assertThat(pair.replica("select count(*) from pg_tables where schemaname = 'public'"))
                .isEqualTo("7");
        assertThat(pair.replica("select count(*) from \"AndroidRequests_poseintrajectoryoftoken\""))
                .isEqualTo(pair.primary("select count(*) from \"AndroidRequests_poseintrajectoryoftoken\""));
        assertThat(pair.replica("select count(*) from pg_constraint where contype = 'f'"))
                .as("of seven, one points at tokens and two at events; the table of tokens takes one of its own along")
                .isEqualTo("3");
        assertThat(sent.output() + sent.error() + told(pair))
                .contains("AndroidRequests_poseintrajecto")
                .contains("AndroidRequests_token");
    }

    @Test
    void onlyWhatIsIncludedTravels() {
        Pair pair = Ground.small();

        pair.travel(pair.sender().with("tables.include", "public.AndroidRequests_bus*"), pair.receiver());

        assertThat(
                        pair.replica(
                                "select string_agg(tablename, ',' order by tablename) from pg_tables where schemaname = 'public'"))
                .isEqualTo("AndroidRequests_busassignment,AndroidRequests_busv2");
    }

    @Test
    void viewsFunctionsAndPartitionsOfTablesLeftOutDoNotHinderTheLoad() {
        Pair pair = Ground.everything();
        Node sender = pair.sender().with("tables.exclude", "shop.customer,shop.sale*,audit.*");

        pair.travel(sender, pair.receiver());

        assertThat(pair.replica("select count(*) from shop.orders"))
                .isEqualTo(pair.primary("select count(*) from shop.orders"));
    }

    @Test
    void anExcludedTableStaysExcludedOnTheDaysThatFollowAlsoWhereSomebodyHoldsIt() throws SQLException {
        Pair pair = Ground.small();
        Node sender = pair.sender().with("tables.exclude", "*.AndroidRequests_report");

        pair.travel(sender, pair.receiver());
        pair.primary("update \"AndroidRequests_token\" set color = 'red' where id < 10");
        try (Connection holder = DriverManager.getConnection(
                        pair.nodes().primary().jdbcUrl(TwoNodes.PRIMARY),
                        PostgresCluster.SUPERUSER,
                        pair.nodes().primary().password());
                Statement statement = holder.createStatement()) {
            statement.execute("begin; lock table \"AndroidRequests_report\"");
            pair.travel(sender, pair.receiver());
        }

        assertThat(pair.replica("select count(*) from \"AndroidRequests_token\" where color = 'red'"))
                .isEqualTo("9");
        assertThat(pair.replica("select to_regclass('\"AndroidRequests_report\"') is null"))
                .isEqualTo("t");
    }

    /** What the bundle says of itself to people: its manifest in the archive. */
    private static String told(Pair pair) {
        return Pair.files(pair.nodes().archive(), "manifest.json").stream()
                .map(TextFiles::read)
                .reduce("", String::concat);
    }
}
