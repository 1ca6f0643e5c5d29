package io.tidemark.deploy.kit;

import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them. */
public final class Figures {
    private static final String[] UNITS = {"bytes", "kB", "MB", "GB", "TB"};

    private Figures() {}

    /** Decimal units, three digits: {@code 12.3 MB}. */
    public static String bytes(long bytes) {
        double amount = bytes;
        int unit = 0;
        while (amount >= 999.5 && unit < UNITS.length - 1) {
            amount /= 1000;
            unit++;
        }
        int decimals = unit == 0 || amount >= 99.95 ? 0 : amount >= 9.995 ? 1 : 2;
        return String.format(Locale.ROOT, "%." + decimals + "f %s", amount, UNITS[unit]);
    }

    /** Groups of three: {@code 173 040}. */
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number).replace(',', ' ');
    }

    public static String seconds(Duration time) {
        return String.format(Locale.ROOT, time.toMillis() < 99_950 ? "%.1f s" : "%.0f s", time.toMillis() / 1000.0);
    }

    /** Bytes each second. */
    public static String rate(long bytes, Duration time) {
        return bytes(bytes * 1000 / Math.max(1, time.toMillis())) + "/s";
    }

    /** {@code 7.1 %}. */
    public static String percent(long part, long whole) {
        return whole == 0 ? "–" : String.format(Locale.ROOT, "%.1f %%", 100.0 * part / whole);
    }
}
