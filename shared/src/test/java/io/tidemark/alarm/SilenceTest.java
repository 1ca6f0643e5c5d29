package io.tidemark.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SilenceTest {
    private static final AlarmId NONE = AlarmId.of("complete", Condition.SILENT);
    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    private Path work;

    private final Set<String> open = new TreeSet<>();
    private Instant wall = Instant.parse("2026-03-02T03:30:00Z");
    private long nanos;

    private final Alarms alarms = new Silent() {
        @Override
        public void raise(AlarmId id, String message, String hint) {
            open.add(id + ": " + message);
        }

        @Override
        public void clear(AlarmId id) {
            open.removeIf(each -> each.startsWith(id.toString()));
        }
    };

    private final Clock clock = new Clock() {
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
            return wall;
        }
    };

    private Silence silence() {
        Silence silence = new Silence(alarms, work, clock, () -> nanos);
        silence.expect(NONE, DAY, "no complete was made", "look");
        return silence;
    }

    private void pass(Duration time) {
        wall = wall.plus(time);
        nanos += time.toNanos();
    }

    @Test
    void whatDoesNotComeInTimeIsAnAlarmUntilItComes() {
        Silence silence = silence();
        pass(DAY);
        silence.look();
        assertThat(open).isEmpty();
        pass(Duration.ofSeconds(1));
        silence.look();
        assertThat(open).containsExactly("complete.silent: no complete was made for more than 1 d 0 h");
        silence.met(NONE);
        silence.look();
        assertThat(open).isEmpty();
    }

    @Test
    void aClockThatIsSetForthOrBackAlarmsNobodyAndHidesNothing() {
        Silence silence = silence();
        wall = wall.plus(DAY.multipliedBy(2));
        silence.look();
        wall = wall.minus(DAY.multipliedBy(5));
        silence.look();
        assertThat(open).isEmpty();
        pass(DAY.plusSeconds(1));
        silence.look();
        assertThat(open).hasSize(1);
    }

    @Test
    void timeGoesOnOverARestartAndWhatWasMissedMeanwhileHasAWhileToCome() {
        Silence first = silence();
        pass(Duration.ofHours(10));
        first.save();
        pass(Duration.ofHours(10));
        Silence second = silence();
        pass(Duration.ofHours(5));
        second.look();
        assertThat(open).hasSize(1);

        open.clear();
        second.met(NONE);
        second.save();
        pass(DAY.multipliedBy(9));
        Silence third = silence();
        third.look();
        assertThat(open).as("at once after nine days").isEmpty();
        pass(Duration.ofMinutes(16));
        third.look();
        assertThat(open).hasSize(1);
    }

    @Test
    void whatIsNotExpectedAnyMoreIsNoAlarm() {
        Silence silence = silence();
        pass(DAY.multipliedBy(2));
        silence.look();
        silence.forget(NONE);
        silence.look();
        assertThat(open).isEmpty();
    }
}
