package io.tidemark.settings;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The five fields of a crontab line: minute, hour, day of month, month, day of week; where both days are restricted, either may match.
 * When clocks change, a line for a given hour runs exactly once: in the skipped hour just after it, in the repeated hour the first
 * time. A line for every hour follows the time that passes.
 */
public final class CronSchedule implements Schedule {
    /** Long enough to meet every 29th of February that falls on a given weekday; none does only if the date does not exist. */
    private static final int HORIZON_DAYS = 366 * 41;

    private final String text;
    private final BitSet minutes;
    private final BitSet hours;
    private final BitSet days;
    private final BitSet months;
    private final BitSet weekdays;
    private final boolean eitherDay;
    private final boolean everyHour;

    private CronSchedule(String text, String[] fields) throws BadValue {
        this.text = text;
        this.minutes = CronField.MINUTE.parse(fields[0]);
        this.hours = CronField.HOUR.parse(fields[1]);
        this.days = CronField.DAY.parse(fields[2]);
        this.months = CronField.MONTH.parse(fields[3]);
        this.weekdays = CronField.WEEKDAY.parse(fields[4]);
        this.eitherDay = !fields[2].startsWith("*") && !fields[4].startsWith("*");
        this.everyHour = fields[1].startsWith("*");
    }

    public static CronSchedule parse(String text) throws BadValue {
        String[] fields = text.strip().split("\\s+", -1);
        if (fields.length != 5) {
            throw new BadValue(
                    SettingTypes.quoted(text) + " has " + fields.length + " fields, not the five of cron",
                    "write minute hour day month weekday, for example 30 3 * * *");
        }
        CronSchedule schedule = new CronSchedule(String.join(" ", fields), fields);
        if (schedule.next(Instant.EPOCH, ZoneOffset.UTC).isEmpty()) {
            throw new BadValue(SettingTypes.quoted(text) + " never comes", "take a day that its month has");
        }
        return schedule;
    }

    public static CronSchedule daily(int hour, int minute) {
        try {
            return parse(minute + " " + hour + " * * *");
        } catch (BadValue e) {
            throw new IllegalArgumentException("no time of day: " + hour + ":" + minute, e);
        }
    }

    /** The first time after {@code instant}. */
    public Optional<Instant> next(Instant instant, ZoneId zone) {
        LocalDate start = LocalDate.ofInstant(instant, zone).minusDays(1);
        return IntStream.range(0, HORIZON_DAYS)
                .mapToObj(start::plusDays)
                .filter(this::matches)
                .flatMap(day -> timesOn(day, zone)
                        .filter(time -> time.isAfter(instant))
                        .sorted()
                        .limit(1))
                .findFirst();
    }

    /** The last time at or before {@code instant}. */
    public Optional<Instant> previous(Instant instant, ZoneId zone) {
        LocalDate start = LocalDate.ofInstant(instant, zone);
        return IntStream.range(0, HORIZON_DAYS)
                .mapToObj(start::minusDays)
                .filter(this::matches)
                .flatMap(day ->
                        timesOn(day, zone).filter(time -> !time.isAfter(instant)).max(Instant::compareTo).stream())
                .findFirst();
    }

    private boolean matches(LocalDate date) {
        boolean day = days.get(date.getDayOfMonth());
        boolean weekday = weekdays.get(
                date.getDayOfWeek() == DayOfWeek.SUNDAY
                        ? 0
                        : date.getDayOfWeek().getValue());
        return months.get(date.getMonthValue()) && (eitherDay ? day || weekday : day && weekday);
    }

    private Stream<Instant> timesOn(LocalDate date, ZoneId zone) {
        return hours.stream()
                .boxed()
                .flatMap(hour -> minutes.stream().mapToObj(minute -> date.atTime(LocalTime.of(hour, minute))))
                .flatMap(local -> instants(local, zone).stream());
    }

    private List<Instant> instants(LocalDateTime local, ZoneId zone) {
        if (everyHour) {
            return zone.getRules().getValidOffsets(local).stream()
                    .map(local::toInstant)
                    .toList();
        }
        return List.of(ZonedDateTime.ofLocal(local, zone, null).toInstant());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CronSchedule schedule && schedule.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
