package io.tidemark.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.bundle.BundleId;
import io.tidemark.bundle.BundleKind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RoomForecastTest {
    private static final Instant NOW = Instant.parse("2026-03-10T03:30:00Z");
    private static final Path FOLDER = Path.of("/srv");

    private static SizedBundle complete(long sequence, Duration ago, long bytes) {
        return new SizedBundle(new BundleId("shop", sequence, BundleKind.COMPLETE, NOW.minus(ago)), bytes);
    }

    private static SizedBundle partial(long sequence, Duration ago, long bytes) {
        return new SizedBundle(new BundleId("shop", sequence, BundleKind.PARTIAL, NOW.minus(ago)), bytes);
    }

    @Test
    void aDayIsWhatTheLastWeekBroughtWithoutTheFirstComplete() {
        List<SizedBundle> bundles = new ArrayList<>();
        bundles.add(complete(1, Duration.ofDays(4), 1_000_000));
        for (int day = 3; day >= 0; day--) {
            bundles.add(complete(10L - day, Duration.ofDays(day), 800));
        }
        assertThat(BytesPerDay.of(bundles, 1, NOW)).hasValue(800);
        bundles.add(partial(20, Duration.ofDays(1), 4));
        bundles.add(partial(21, Duration.ofDays(1), 4));
        assertThat(BytesPerDay.of(bundles, 50, NOW)).as("each stands for fifty").hasValue(900);
    }

    @Test
    void whatIsOlderThanAWeekDoesNotCount() {
        List<SizedBundle> bundles = List.of(
                complete(1, Duration.ofDays(90), 1_000_000),
                complete(2, Duration.ofDays(60), 70_000),
                complete(3, Duration.ofDays(7), 7000));
        assertThat(BytesPerDay.of(bundles, 1, NOW)).hasValue(1000);
    }

    @Test
    void nothingIsSaidOfTheFirstCompleteAlone() {
        assertThat(BytesPerDay.of(List.of(complete(1, Duration.ofHours(1), 5)), 1, NOW))
                .isEmpty();
        assertThat(BytesPerDay.of(List.of(), 1, NOW)).isEmpty();
    }

    @Test
    void aDiskIsFullWhenTheRoomIsUsedUpUnlessBundlesExpireBefore() {
        RoomForecast forever =
                RoomForecast.of("archive.folder", FOLDER, 2_000_000, OptionalLong.of(500_000), Optional.empty());
        assertThat(forever.daysLeft()).isEqualTo(4.0);
        assertThat(forever.lastsLessThan(Duration.ofDays(5))).isTrue();
        assertThat(forever.lastsLessThan(Duration.ofDays(3))).isFalse();
        assertThat(forever.text()).isEqualTo("2.0 MB free in /srv, 500 KB a day, full in 4.0 days");
        assertThat(RoomForecast.of("a", FOLDER, 2_000_000, OptionalLong.of(500_000), Optional.of(Duration.ofDays(3)))
                        .daysLeft())
                .as("in three days as much expires as comes")
                .isNull();
        assertThat(RoomForecast.of("a", FOLDER, 2_000_000, OptionalLong.of(500_000), Optional.of(Duration.ofDays(5)))
                        .daysLeft())
                .isEqualTo(4.0);
        assertThat(RoomForecast.of("a", FOLDER, 5, OptionalLong.empty(), Optional.empty())
                        .lastsLessThan(Duration.ofDays(9)))
                .isFalse();
    }

    @Test
    void aDiskIsNearlyFullWhenLittleIsLeftOfItAndLittleAtAll() {
        long gigabyte = 1L << 30;
        assertThat(Disk.isNearlyFull(gigabyte - 1, 100 * gigabyte)).isTrue();
        assertThat(Disk.isNearlyFull(2 * gigabyte, 1000 * gigabyte))
                .as("a small part, and much all the same")
                .isFalse();
        assertThat(Disk.isNearlyFull(gigabyte / 2, 5 * gigabyte))
                .as("little, and a good part of a small disk")
                .isFalse();
        assertThat(Disk.isNearlyFull(0, 0))
                .as("a file system that does not tell")
                .isFalse();
    }
}
