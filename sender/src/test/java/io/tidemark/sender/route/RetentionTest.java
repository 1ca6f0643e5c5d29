package io.tidemark.sender.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RetentionTest {
    private final Told told = new Told();
    private Optional<Long> kept = Optional.empty();
    private final Retention retention =
            new Retention(() -> kept, 1000, new Rhythm(Retention.OFTEN, ZoneOffset.UTC, Clock.systemUTC()), told);

    private boolean isToldOf(long bytes) {
        kept = Optional.of(bytes);
        retention.look();
        return told.open.contains("partial.wal-retained");
    }

    @Test
    void isToldBeyondThreeQuartersAndOverBelowHalf() {
        assertThat(isToldOf(700)).isFalse();
        assertThat(isToldOf(800)).isTrue();
        assertThat(isToldOf(600)).as("no to and fro").isTrue();
        assertThat(isToldOf(400)).isFalse();
        assertThat(isToldOf(600)).isFalse();
    }

    @Test
    void aPrimaryThatCannotBeAskedChangesNothing() {
        assertThat(isToldOf(800)).isTrue();
        kept = Optional.empty();
        retention.look();
        assertThat(told.open).containsExactly("partial.wal-retained");
    }

    @Test
    void isAskedNowAndThen() {
        assertThat(retention.isDue()).isTrue();
        assertThat(retention.isDue()).isFalse();
    }
}
