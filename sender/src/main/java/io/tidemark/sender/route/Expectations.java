package io.tidemark.sender.route;

import io.tidemark.sender.settings.PartialSettings.Mode;
import io.tidemark.sender.settings.SenderSettings;
import io.tidemark.settings.CronSchedule;
import io.tidemark.settings.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * Within which time something has to come before its silence is an alarm; empty for never. What the settings leave open follows from the
 * schedules.
 */
public record Expectations(Optional<Duration> complete, Optional<Duration> partial, Optional<Duration> receipt) {
    private static final Duration LEAST = Duration.ofMinutes(15);
    private static final Duration MOST_ON_TOP = Duration.ofHours(6);
    private static final int HOURS = 8 * 24;
    private static final int MONTHS = 13;

    public static Expectations none() {
        return new Expectations(Optional.empty(), Optional.empty(), Optional.empty());
    }

    public static Expectations of(SenderSettings settings, Instant now) {
        var expected = settings.watch().expected();
        Optional<Duration> complete = expected.complete()
                .orElseGet(() -> Optional.of(late(longest(settings.complete().schedule(), settings.zone(), now))));
        Optional<Duration> partial = settings.partial().mode() == Mode.OFF
                ? Optional.empty()
                : expected.partial()
                        .orElseGet(() ->
                                Optional.of(often(longest(settings.partial().schedule(), settings.zone(), now))));
        return new Expectations(
                complete, partial, settings.remote().receipts().isPresent() ? expected.receipt() : Optional.empty());
    }

    /** A complete may take longer today than yesterday. */
    private static Duration late(Duration gap) {
        Duration onTop = gap.dividedBy(2).compareTo(MOST_ON_TOP) < 0 ? gap.dividedBy(2) : MOST_ON_TOP;
        return gap.plus(onTop.compareTo(LEAST) < 0 ? LEAST : onTop);
    }

    private static Duration often(Duration gap) {
        Duration three = gap.multipliedBy(3);
        return three.compareTo(LEAST) < 0 ? LEAST : three;
    }

    /** The longest time between two, as of a week by the hour and a year by the month. */
    static Duration longest(Schedule schedule, ZoneId zone, Instant now) {
        if (schedule instanceof Schedule.Every every) {
            return every.interval();
        }
        CronSchedule cron = (CronSchedule) schedule;
        Duration longest = Duration.ZERO;
        for (int i = 0; i < HOURS + MONTHS; i++) {
            Instant at = i < HOURS ? now.plus(Duration.ofHours(i)) : now.plus(Duration.ofDays(30L * (i - HOURS)));
            Optional<Instant> before = cron.previous(at, zone);
            Optional<Instant> after = cron.next(at, zone);
            if (before.isPresent() && after.isPresent()) {
                Duration gap = Duration.between(before.get(), after.get());
                longest = gap.compareTo(longest) > 0 ? gap : longest;
            }
        }
        return longest;
    }
}
