package io.tidemark.sender.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.settings.CronSchedule;
import io.tidemark.settings.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpectationsTest {
    private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "30 3 * * *; PT24H",
                "*/5 * * * *; PT5M",
                "0 8-18 * * 1-5; PT62H",
                "*/5 8-18 * * 1-5; PT61H5M",
                "0 4 * * 0; P7D",
                "0 4 1 * *; P31D",
            })
    void knowsTheLongestTimeBetweenTwo(String cron, Duration longest) throws Exception {
        assertThat(Expectations.longest(CronSchedule.parse(cron), ZoneOffset.UTC, NOW))
                .isEqualTo(longest);
    }

    @Test
    void summerTimeMakesADayLonger() throws Exception {
        Instant before = Instant.parse("2026-10-23T12:00:00Z");
        assertThat(Expectations.longest(CronSchedule.parse("30 3 * * *"), ZoneId.of("Europe/Berlin"), before))
                .isEqualTo(Duration.ofHours(25));
    }

    @Test
    void anIntervalIsItself() {
        assertThat(Expectations.longest(new Schedule.Every(Duration.ofSeconds(1)), ZoneOffset.UTC, NOW))
                .isEqualTo(Duration.ofSeconds(1));
    }
}
