package io.tidemark.deploy.twonode;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A primary that was never prepared for logical decoding. */
final class WithoutReplicationIT {
    private final Pair pair = Ground.small();

    @BeforeEach
    void noLogicalWal() {
        pair.nodes().primary().psql("postgres", "alter system set wal_level = 'replica'");
        pair.nodes().primary().restart();
    }

    @AfterEach
    void logicalWalAgain() {
        pair.nodes().primary().psql("postgres", "alter system set wal_level = 'logical'");
        pair.nodes().primary().restart();
    }

    @Test
    void completesArriveAllTheSame() {
        pair.travel();
        pair.assertEqual();

        pair.primary("update \"AndroidRequests_report\" set message = 'changed' where id < 50");
        assertThat(pair.travel().sum("updated")).isEqualTo(49);
        pair.assertEqual();
    }

    @Test
    void aRoleWithoutReplicationIsEnough() {
        pair.nodes().primary().psql("postgres", "alter role tidemark noreplication");
        pair.travel();
        pair.nodes().primary().psql("postgres", "alter role tidemark replication");

        pair.assertEqual();
    }
}
