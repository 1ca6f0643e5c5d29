package io.tidemark.sender.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.settings.CronSchedule;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScheduledCompleteTest {
    private static final CronSchedule HALF_PAST_THREE = CronSchedule.daily(3, 30);

    private Instant now = Instant.parse("2025-03-10T12:00:00Z");
    private @Nullable Instant last;
    private @Nullable TidemarkException failure;
    private boolean requested;

    private final ScheduledComplete complete = new ScheduledComplete(
            HALF_PAST_THREE,
            ZoneOffset.UTC,
            new NowClock(),
            () -> Optional.ofNullable(last),
            () -> requested,
            this::make);

    /** Shows the test's time. */
    private final class NowClock extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private void make(String label) {
        if (failure != null) {
            throw failure;
        }
        last = now;
    }

    private void at(String time) {
        now = Instant.parse(time);
    }

    private void fails(FailureCode code) {
        failure = new TidemarkException(code, "no", "none");
        assertThatThrownBy(complete::run).isSameAs(failure);
    }

    @Test
    void theFirstIsDueAtOnceAndTheNextAtItsTime() {
        assertThat(complete.isDue()).isTrue();
        complete.run();
        assertThat(complete.isDue()).isFalse();
        at("2025-03-11T03:29:59Z");
        assertThat(complete.isDue()).isFalse();
        at("2025-03-11T03:30:00Z");
        assertThat(complete.isDue()).isTrue();
    }

    @Test
    void aTimeMissedWhileTheServiceWasDownIsCaughtUpOnce() {
        last = Instant.parse("2025-03-05T03:30:05Z");
        assertThat(complete.isDue()).isTrue();
        complete.run();
        assertThat(complete.isDue()).isFalse();
    }

    @Test
    void oneMadeByHandAfterTheTimeCounts() {
        last = Instant.parse("2025-03-10T03:45:00Z");
        assertThat(complete.isDue()).isFalse();
    }

    @Test
    void oneThatFailsForAWhileIsTriedAgainAndLessOftenEachTime() {
        fails(FailureCode.DATABASE);
        assertThat(complete.isDue()).isFalse();
        now = now.plus(Duration.ofMinutes(5));
        assertThat(complete.isDue()).isTrue();
        fails(FailureCode.DATABASE);
        now = now.plus(Duration.ofMinutes(9));
        assertThat(complete.isDue()).isFalse();
        now = now.plus(Duration.ofMinutes(1));
        failure = null;
        assertThat(complete.isDue()).isTrue();
        complete.run();
        assertThat(complete.isDue()).isFalse();
    }

    /** A soak with seed 22: a gap stood for as long as after a failure, since the service had met a complete made by hand. */
    @Test
    void oneThatMeetsAnotherUnderWayIsTriedAgainSoonAndHasNotFailed() {
        complete.run();
        requested = true;
        for (int times = 0; times < 9; times++) {
            fails(FailureCode.BUSY);
            assertThat(complete.isDue()).isFalse();
            now = now.plus(Duration.ofSeconds(5));
            assertThat(complete.isDue()).isTrue();
        }
        fails(FailureCode.DATABASE);
        now = now.plus(Duration.ofMinutes(5));
        assertThat(complete.isDue()).as("as after one failure").isTrue();
    }

    @Test
    void oneThatCannotSucceedWaitsForTheNextTime() {
        fails(FailureCode.RIGHTS);
        at("2025-03-11T03:29:59Z");
        assertThat(complete.isDue()).isFalse();
        at("2025-03-11T03:30:00Z");
        assertThat(complete.isDue()).isTrue();
    }

    /** Fault 62. */
    @Test
    void aClockThatWasADayAheadDoesNotSilenceADay() {
        at("2025-03-11T12:00:00Z");
        complete.run();
        at("2025-03-10T12:00:00Z");
        assertThat(complete.isDue()).isTrue();
        complete.run();
        assertThat(complete.isDue()).isFalse();
        at("2025-03-11T03:30:00Z");
        assertThat(complete.isDue()).isTrue();
    }

    @Test
    void oneThatIsAskedForIsMadeAtOnceAndNotAgainForARefusalUntilTheNextTime() {
        complete.run();
        assertThat(complete.isDue()).isFalse();
        requested = true;
        assertThat(complete.isDue()).isTrue();
        fails(FailureCode.RIGHTS);
        assertThat(complete.isDue()).isFalse();
        at("2025-03-11T03:30:00Z");
        assertThat(complete.isDue()).isTrue();
    }
}
