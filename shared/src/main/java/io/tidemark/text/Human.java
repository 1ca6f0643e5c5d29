package io.tidemark.text;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Numbers as people read them. */
public final class Human {
    private static final String[] SIZES = {"B", "KB", "MB", "GB", "TB", "PB"};
    private static final double STEP = 1000;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Human() {}

    /** Decimal, as link rates and file managers count: {@code 1.3 GB}. */
    public static String bytes(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 999.5 && unit < SIZES.length - 1) {
            value /= STEP;
            unit++;
        }
        String digits = unit == 0 || value >= 99.95 ? "%.0f %s" : "%.1f %s";
        return String.format(Locale.ROOT, digits, value, SIZES[unit]);
    }

    /** In groups of three: {@code 8 600 000}. */
    public static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count).replace(',', ' ');
    }

    /** {@code 1 row}, {@code 8 600 000 rows}. */
    public static String count(long count, String one) {
        return count(count) + " " + one + (count == 1 ? "" : "s");
    }

    /** {@code 85 ms}, {@code 12.3 s}, {@code 4 min 05 s}, {@code 2 h 10 min}, {@code 3 d 4 h}. */
    public static String duration(Duration duration) {
        long millis = duration.toMillis();
        if (millis < 1000) {
            return millis + " ms";
        }
        if (millis < 59_950) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
        }
        long seconds = (millis + 500) / 1000;
        if (seconds < 3600) {
            return String.format(Locale.ROOT, "%d min %02d s", seconds / 60, seconds % 60);
        }
        long minutes = seconds / 60;
        return minutes < 24 * 60
                ? String.format(Locale.ROOT, "%d h %02d min", minutes / 60, minutes % 60)
                : String.format(Locale.ROOT, "%d d %d h", minutes / (24 * 60), minutes / 60 % 24);
    }

    /** To the second, in UTC: {@code 2025-01-31 03:30:00}. */
    public static String time(Instant time) {
        return TIME.format(time);
    }
}
