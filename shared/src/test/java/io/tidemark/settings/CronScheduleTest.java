package io.tidemark.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronScheduleTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "30 3 * * *     | 2025-06-01T00:00:00Z | 2025-06-01T03:30:00Z",
                "30 3 * * *     | 2025-06-01T03:30:00Z | 2025-06-02T03:30:00Z",
                "*/5 * * * *    | 2025-06-01T00:01:00Z | 2025-06-01T00:05:00Z",
                "0 0 1 1 *      | 2025-06-01T00:00:00Z | 2026-01-01T00:00:00Z",
                "0 0 29 2 *     | 2025-06-01T00:00:00Z | 2028-02-29T00:00:00Z",
                "0 0 * * sun    | 2025-06-02T00:00:00Z | 2025-06-08T00:00:00Z",
                "0 0 * * 7      | 2025-06-02T00:00:00Z | 2025-06-08T00:00:00Z",
                "0 0 13 * fri   | 2025-06-02T00:00:00Z | 2025-06-06T00:00:00Z",
                "0 8-17/3 * * * | 2025-06-02T12:00:00Z | 2025-06-02T14:00:00Z",
                "5,10 1 * jun * | 2025-06-02T01:05:00Z | 2025-06-02T01:10:00Z",
            })
    void comesNextAt(String cron, Instant after, Instant expected) throws BadValue {
        assertThat(CronSchedule.parse(cron).next(after, ZoneOffset.UTC))
                .as(cron)
                .contains(expected);
    }

    @Test
    void cameLastAtOrBefore() throws BadValue {
        CronSchedule daily = CronSchedule.parse("30 3 * * *");
        assertThat(daily.previous(Instant.parse("2025-06-02T03:29:59Z"), ZoneOffset.UTC))
                .contains(Instant.parse("2025-06-01T03:30:00Z"));
        assertThat(daily.previous(Instant.parse("2025-06-02T03:30:00Z"), ZoneOffset.UTC))
                .contains(Instant.parse("2025-06-02T03:30:00Z"));
    }

    @Test
    void runsOnceWhenItsHourIsSkippedOrRepeated() throws BadValue {
        CronSchedule daily = CronSchedule.parse("30 2 * * *");
        assertThat(times(daily, "2025-03-29T12:00:00Z", 2))
                .as("spring: 02:30 does not exist on the 30th")
                .containsExactly(Instant.parse("2025-03-30T01:30:00Z"), Instant.parse("2025-03-31T00:30:00Z"));
        assertThat(times(daily, "2025-10-25T12:00:00Z", 2))
                .as("autumn: 02:30 comes twice on the 26th")
                .containsExactly(Instant.parse("2025-10-26T00:30:00Z"), Instant.parse("2025-10-27T01:30:00Z"));
    }

    @Test
    void followsThePassingTimeWhenEveryHourIsMeant() throws BadValue {
        CronSchedule halfHourly = CronSchedule.parse("*/30 * * * *");
        assertThat(times(halfHourly, "2025-10-26T00:00:00Z", 4))
                .as("both hours between two and three")
                .containsExactly(
                        Instant.parse("2025-10-26T00:30:00Z"),
                        Instant.parse("2025-10-26T01:00:00Z"),
                        Instant.parse("2025-10-26T01:30:00Z"),
                        Instant.parse("2025-10-26T02:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "30 3 * *", "0 30 3 * * *", "60 3 * * *", "* 24 * * *", "* * 0 * *", "* * * 13 *", "* * * * 8",
                        "*/0 * * * *",
                "5-1 * * * *", "a * * * *", "1,,2 * * * *", "0 0 31 2 *", "1-2-3 * * * *", "1/2/3 * * * *", "- * * * *",
                        ""
            })
    void rejectsWhatIsNoCronLine(String text) {
        assertThatThrownBy(() -> CronSchedule.parse(text)).isInstanceOf(BadValue.class);
    }

    private static List<Instant> times(CronSchedule schedule, String from, int count) {
        List<Instant> times = new ArrayList<>();
        Instant time = Instant.parse(from);
        for (int i = 0; i < count; i++) {
            time = schedule.next(time, BERLIN).orElseThrow();
            times.add(time);
        }
        return times;
    }
}
