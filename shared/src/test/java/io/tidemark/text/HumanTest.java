package io.tidemark.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HumanTest {

    @ParameterizedTest
    @CsvSource({
        "0,0 B",
        "999,999 B",
        "1000,1.0 KB",
        "1340000000,1.3 GB",
        "99940,99.9 KB",
        "99960,100 KB",
        "999499,999 KB",
        "999500,1.0 MB"
    })
    void countsBytesInDecimalUnits(long bytes, String text) {
        assertThat(Human.bytes(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S,0 ms",
        "PT0.085S,85 ms",
        "PT12.34S,12.3 s",
        "PT59.96S,1 min 00 s",
        "PT4M5S,4 min 05 s",
        "PT2H10M,2 h 10 min",
        "PT76H,3 d 4 h"
    })
    void tellsDurationsInTheUnitThatMatters(Duration duration, String text) {
        assertThat(Human.duration(duration)).isEqualTo(text);
    }

    @Test
    void groupsCountsByThree() {
        assertThat(Human.count(8_600_000, "row")).isEqualTo("8 600 000 rows");
        assertThat(Human.count(1, "row")).isEqualTo("1 row");
    }

    @Test
    void tellsTimesInUtc() {
        assertThat(Human.time(Instant.parse("2025-01-31T03:30:00.5Z"))).isEqualTo("2025-01-31 03:30:00");
    }
}
