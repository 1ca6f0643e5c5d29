package io.tidemark.receiver.retention;

import io.tidemark.bundle.BundleId;
import io.tidemark.receiver.settings.Lifetimes;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.IsoFields;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The newest good complete of each of the last days, weeks and months that have one. */
final class CalendarKeep {
    private final List<StoredBundle> oldestFirst;
    private final Lifetimes lifetimes;
    private final Map<BundleId, String> kept = new HashMap<>();

    private CalendarKeep(List<StoredBundle> oldestFirst, Lifetimes lifetimes) {
        this.oldestFirst = oldestFirst;
        this.lifetimes = lifetimes;
    }

    /** @return why, by bundle */
    static Map<BundleId, String> of(List<StoredBundle> oldestFirst, Lifetimes lifetimes) {
        CalendarKeep keep = new CalendarKeep(oldestFirst, lifetimes);
        keep.newest(
                lifetimes.monthly(),
                "keep.monthly",
                "month",
                day -> YearMonth.from(day).toString());
        keep.newest(lifetimes.weekly(), "keep.weekly", "week", CalendarKeep::week);
        keep.newest(lifetimes.daily(), "keep.daily", "day", LocalDate::toString);
        return keep.kept;
    }

    /** ISO weeks, which begin on Monday. */
    private static String week(LocalDate day) {
        return String.format(
                Locale.ROOT,
                "%d-W%02d",
                day.get(IsoFields.WEEK_BASED_YEAR),
                day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
    }

    private void newest(int count, String key, String unit, Function<LocalDate, String> period) {
        Set<String> seen = new HashSet<>();
        for (int i = oldestFirst.size() - 1; i >= 0 && seen.size() < count; i--) {
            BundleId id = oldestFirst.get(i).id();
            String name = period.apply(id.created().atZone(lifetimes.zone()).toLocalDate());
            if (seen.add(name)) {
                kept.put(id, "the newest good one of " + unit + " " + name + ", " + key + "=" + count);
            }
        }
    }
}
