package io.tidemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.progress.Progress.Unit;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressLineTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    @Test
    void showsBarShareAmountsRateAndWhatIsLeft() {
        Stage stage = new Stage("copy", 2_500_000_000L, Unit.BYTES, 0);
        stage.advance(1_300_000_000L);
        stage.sample(10 * SECOND);
        assertThat(ProgressLine.running(stage, 10 * SECOND, 100))
                .isEqualTo(
                        "  copy               [###############---------------]  52 %  1.3 GB of 2.5 GB  130 MB/s  10 s left");
    }

    @Test
    void showsNoBarWhereTheTotalIsUnknown() {
        Stage stage = new Stage("media", -1, Unit.FILES, 0);
        stage.advance(1200);
        stage.sample(2 * SECOND);
        assertThat(ProgressLine.running(stage, 2 * SECOND, 80))
                .isEqualTo("  media              1 200 files  600 files/s");
    }

    @Test
    void endsWithSummaryDurationAndAverageRate() {
        Stage stage = new Stage("copy", 100, Unit.BYTES, 0);
        stage.advance(1_000_000_000L);
        assertThat(ProgressLine.ended(stage, "9 tables, 8 600 000 rows", 10 * SECOND, 100))
                .isEqualTo("  copy               9 tables, 8 600 000 rows  (10.0 s, 100 MB/s)");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 20, 40, 60, 80, 200})
    void neverIsWiderThanTheTerminal(int width) {
        Stage stage = new Stage("a stage with a very long name", 2_500_000_000L, Unit.BYTES, 0);
        stage.advance(3_000_000_000L);
        stage.sample(10 * SECOND);
        assertThat(ProgressLine.running(stage, 10 * SECOND, width).length())
                .isLessThanOrEqualTo(Math.max(20, width - 1));
    }

    @Test
    void aStageThatStandsStillShowsItsAgeAndNoRate() {
        Stage stage = new Stage("wait", 10, Unit.BYTES, 0);
        stage.sample(30 * SECOND);
        assertThat(ProgressLine.running(stage, 30 * SECOND, 100)).endsWith("0 B of 10 B  30.0 s");
    }
}
