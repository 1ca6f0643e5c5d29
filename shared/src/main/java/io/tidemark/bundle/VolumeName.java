package io.tidemark.bundle;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file name of one volume: {@code <bundle>.v0001.tar} and up for the ones that carry blobs, {@code <bundle>.tar} for the last one,
 * which holds the manifest. Ordered as volumes have to be delivered: by bundle, the last volume after all others of its bundle.
 *
 * @param number 1 to 9999 (five digits from there on); 0 stands for the last volume
 */
public record VolumeName(BundleId bundle, int number) implements Comparable<VolumeName> {
    public static final int LAST = 0;

    private static final int DIGITS = 4;

    private static final Pattern NAME = Pattern.compile("(.{1,100}?)(?:\\.v(\\d{4,7}))?\\.tar");
    private static final Comparator<VolumeName> ORDER = Comparator.comparing(VolumeName::bundle)
            .thenComparing(VolumeName::isLast)
            .thenComparingInt(VolumeName::number);

    public VolumeName {
        if (number < LAST) {
            throw new IllegalArgumentException("no volume number: " + number);
        }
    }

    public static VolumeName last(BundleId bundle) {
        return new VolumeName(bundle, LAST);
    }

    public boolean isLast() {
        return number == LAST;
    }

    public String fileName() {
        return bundle.name() + (isLast() ? "" : ".v" + BundleId.padded(number, DIGITS)) + ".tar";
    }

    /** Empty where the name is not exactly one that {@link #fileName()} writes, {@code .part} files included. */
    public static Optional<VolumeName> parse(String fileName) {
        Matcher matcher = NAME.matcher(fileName);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int number = matcher.group(2) == null ? LAST : Integer.parseInt(matcher.group(2));
        return BundleId.parse(matcher.group(1))
                .map(bundle -> new VolumeName(bundle, number))
                .filter(name -> name.fileName().equals(fileName));
    }

    @Override
    public int compareTo(VolumeName other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return fileName();
    }
}
