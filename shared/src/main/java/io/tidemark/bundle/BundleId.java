package io.tidemark.bundle;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a bundle: {@code <source>-<sequence, 10 digits>-<complete|partial>-<UTC yyyyMMdd'T'HHmmss'Z'>}.
 *
 * @param source 1 to 40 of {@code A-Z a-z 0-9 _ -}, beginning with a letter or digit
 * @param sequence 1 and up, never reused within a source
 * @param created whole seconds
 */
public record BundleId(String source, long sequence, BundleKind kind, Instant created) implements Comparable<BundleId> {
    public static final Pattern SOURCE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,39}");
    /** The highest sequence that ten digits hold. */
    public static final long MAX_SEQUENCE = 9_999_999_999L;

    private static final int DIGITS = 10;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Pattern NAME =
            Pattern.compile("([A-Za-z0-9][A-Za-z0-9_-]{0,39})-(\\d{10})-(complete|partial)-(\\d{8}T\\d{6}Z)");
    private static final Comparator<BundleId> ORDER = Comparator.comparing(BundleId::source)
            .thenComparingLong(BundleId::sequence)
            .thenComparing(BundleId::name);

    public BundleId {
        if (!SOURCE.matcher(source).matches()) {
            throw new IllegalArgumentException("source must match " + SOURCE + ": " + source);
        }
        if (sequence < 1 || sequence > MAX_SEQUENCE) {
            throw new IllegalArgumentException("sequence out of range: " + sequence);
        }
        created = created.truncatedTo(ChronoUnit.SECONDS);
    }

    public String name() {
        return source + "-" + padded(sequence, DIGITS) + "-" + kind.word() + "-" + TIME.format(created);
    }

    /** With zeros before it; names are made for each file of a folder that is looked at, for which a format is too slow. */
    static String padded(long number, int digits) {
        String plain = Long.toString(number);
        return "0".repeat(Math.max(0, digits - plain.length())) + plain;
    }

    /** Empty where the name is not exactly one that {@link #name()} writes. */
    public static Optional<BundleId> parse(String name) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches() || Long.parseLong(matcher.group(2)) < 1) {
            return Optional.empty();
        }
        try {
            BundleId id = new BundleId(
                    matcher.group(1),
                    Long.parseLong(matcher.group(2)),
                    BundleKind.ofWord(matcher.group(3)),
                    TIME.parse(matcher.group(4), Instant::from));
            return id.name().equals(name) ? Optional.of(id) : Optional.empty();
        } catch (DateTimeException impossibleDate) {
            return Optional.empty();
        }
    }

    @Override
    public int compareTo(BundleId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return name();
    }
}
