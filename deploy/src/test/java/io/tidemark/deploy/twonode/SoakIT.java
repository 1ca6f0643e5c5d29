package io.tidemark.deploy.twonode;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.deploy.kit.Scratch;
import io.tidemark.deploy.soak.Campaign;
import io.tidemark.deploy.soak.SoakOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SoakIT {

    @Test
    void randomWorkAndTroubleLeaveTheReplicaEqual() {
        List<String> words = new ArrayList<>();
        SoakOptions options = SoakOptions.of(Duration.ofSeconds(18), 1);
        try (Scratch scratch = Scratch.create("soak-test");
                Campaign campaign = Campaign.prepare(scratch, options, words::add)) {
            assertThat(campaign.run()).startsWith("OK seed=1 bundles=");
        }
        assertThat(words).isNotEmpty();
    }
}
