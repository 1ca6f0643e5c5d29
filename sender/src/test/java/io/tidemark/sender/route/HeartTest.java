package io.tidemark.sender.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.bundle.BundleId;
import io.tidemark.bundle.BundleKind;
import io.tidemark.sender.state.Sealed;
import io.tidemark.sender.state.SenderState;
import io.tidemark.transfer.Beat;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeartTest {
    private static final Expectations BOTH =
            new Expectations(Optional.of(Duration.ofHours(30)), Optional.of(Duration.ofMinutes(15)), Optional.empty());
    private static final Expectations NO_PARTIALS =
            new Expectations(Optional.of(Duration.ofHours(30)), Optional.empty(), Optional.empty());

    @TempDir
    private Path folder;

    private final MovedClock clock = new MovedClock();

    @SuppressWarnings("NullAway.Init")
    private SenderState state;

    @BeforeEach
    void open() {
        state = SenderState.open(folder);
    }

    @AfterEach
    void close() {
        state.close();
    }

    private Heart heart(Expectations expectations) {
        return new Heart("shop", state, clock, expectations);
    }

    private BundleId complete() {
        BundleId bundle = state.begin("shop", BundleKind.COMPLETE, clock.instant(), "scheduled");
        state.seal(bundle, new Sealed("ab".repeat(32), Optional.empty(), 10, 20, Duration.ofSeconds(3)));
        return bundle;
    }

    @Test
    void whoHasNotLookedForChangesSaysNothing() {
        Heart heart = heart(BOTH);
        assertThat(heart.isDue()).isFalse();
        assertThat(heart.next()).isEmpty();
    }

    @Test
    void aBeatTellsWhenChangesWereLookedForAndWhichBundleWasTheLastThen() {
        Heart heart = heart(BOTH);
        BundleId complete = complete();
        heart.looked();
        Instant looked = clock.instant();
        clock.move(Duration.ofMinutes(7));
        complete();
        assertThat(heart.next())
                .contains(new Beat("shop", clock.instant(), looked, complete.sequence(), 30 * 3600, 15 * 60));
    }

    @Test
    void withoutPartialsItAlwaysBeats() {
        Heart heart = heart(NO_PARTIALS);
        assertThat(heart.isDue()).isTrue();
        assertThat(heart.next()).contains(new Beat("shop", clock.instant(), clock.instant(), 0, 30 * 3600, 0));
    }

    @Test
    void threeBeatsComeWithinTheTimeInWhichPartialsAreExpected() {
        Heart heart = heart(BOTH);
        heart.looked();
        assertThat(heart.isDue()).isTrue();
        clock.move(Duration.ofMinutes(4));
        assertThat(heart.isDue()).isFalse();
        clock.move(Duration.ofMinutes(1));
        assertThat(heart.isDue()).isTrue();
    }
}
