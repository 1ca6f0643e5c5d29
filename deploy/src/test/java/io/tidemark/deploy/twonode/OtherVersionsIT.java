package io.tidemark.deploy.twonode;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.deploy.kit.PostgresCluster;
import io.tidemark.deploy.kit.PostgresPrograms;
import io.tidemark.deploy.kit.Scratch;
import io.tidemark.deploy.kit.SftpServer;
import io.tidemark.deploy.kit.TcpProxy;
import io.tidemark.deploy.kit.TwoNodes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Every pair of the PostgreSQL versions that are installed here, the receiver's being the newer one. */
final class OtherVersionsIT {

    @Test
    void aNewerReplicaTakesEverything() {
        List<PostgresPrograms> versions = PostgresPrograms.all();
        List<String> done = new ArrayList<>();
        for (PostgresPrograms older : versions) {
            for (PostgresPrograms newer : versions) {
                if (older.major() < newer.major()) {
                    travel(older, newer);
                    done.add(older.major() + " to " + newer.major());
                }
            }
        }
        Assumptions.assumeFalse(done.isEmpty(), "needs two versions of PostgreSQL");
    }

    private static void travel(PostgresPrograms older, PostgresPrograms newer) {
        try (Scratch scratch = Scratch.create("versions");
                TwoNodes nodes =
                        TwoNodes.start(scratch, older, newer, PostgresCluster.careless(), PostgresCluster.careless());
                SftpServer sftp = SftpServer.start(nodes.remote());
                TcpProxy wire = TcpProxy.before(sftp.port())) {
            nodes.primary().psql(TwoNodes.PRIMARY).run(Ground.resource("/everything.sql"));
            Pair pair = new Pair(scratch, nodes, sftp, wire);
            pair.travel();
            pair.assertEqual();
            nodes.primary().psql(TwoNodes.PRIMARY).run(Ground.resource("/everything-changes.sql"));
            pair.travel();
            pair.assertEqual();
            assertThat(pair.receipt().bundle().sequence()).isEqualTo(2);
        }
    }
}
