package io.tidemark.settings;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes and durations as people write them. */
final class Amounts {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,15}) ?([KMGT]?)i?B?");
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9}(ms|s|m|h|d))+");
    private static final Pattern STEP = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
    private static final String UNITS = "KMGT";

    private Amounts() {}

    static long size(String text) throws BadValue {
        Matcher matcher = SIZE.matcher(text.toUpperCase(Locale.ROOT).replace("IB", "B"));
        if (!matcher.matches()) {
            throw new BadValue(SettingTypes.quoted(text) + " is not a size", "write it like 64MB or 2GB");
        }
        int power = matcher.group(2).isEmpty() ? 0 : UNITS.indexOf(matcher.group(2)) + 1;
        try {
            return Math.multiplyExact(Long.parseLong(matcher.group(1)), 1L << (10 * power));
        } catch (ArithmeticException e) {
            throw new BadValue(SettingTypes.quoted(text) + " is too large", "write it like 64MB or 2GB");
        }
    }

    static Duration duration(String text) throws BadValue {
        Duration sum = Duration.ZERO;
        if (DURATION.matcher(text).matches()) {
            Matcher steps = STEP.matcher(text);
            while (steps.find()) {
                sum = sum.plus(step(Long.parseLong(steps.group(1)), steps.group(2)));
            }
        }
        if (sum.isZero()) {
            throw new BadValue(
                    SettingTypes.quoted(text) + " is not a duration",
                    "write it like 10s, 5m, 4d or 1h30m, more than nothing");
        }
        return sum;
    }

    private static Duration step(long count, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }
}
