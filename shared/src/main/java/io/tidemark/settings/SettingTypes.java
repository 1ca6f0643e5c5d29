package io.tidemark.settings;

import io.tidemark.bundle.BundleId;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The types that settings have. */
public final class SettingTypes {

    private SettingTypes() {}

    public static SettingType<String> text() {
        return text -> text;
    }

    /** The name of a source, as it stands in file names. */
    public static SettingType<String> source() {
        return text -> {
            if (!BundleId.SOURCE.matcher(text).matches()) {
                throw new BadValue(
                        quoted(text) + " is no name for a source",
                        "take 1 to 40 letters, digits, _ and -, beginning with a letter or digit");
            }
            return text;
        };
    }

    public static SettingType<Path> path() {
        return text -> {
            try {
                Path path = Path.of(text);
                if (path.isAbsolute()) {
                    return path.normalize();
                }
            } catch (InvalidPathException e) {
                throw new BadValue(quoted(text) + " is not a path", "name an absolute path");
            }
            throw new BadValue(quoted(text) + " is not an absolute path", "begin it with /");
        };
    }

    /** A folder that somebody else provides: it may be missing for a while, as where it is not mounted. */
    public static SettingType<Path> folder() {
        return text -> {
            Path path = path().read(text);
            if (Files.exists(path) && !Files.isDirectory(path)) {
                throw new BadValue(path + " is not a folder", "name another one");
            }
            return path;
        };
    }

    public static SettingType<Path> existingFile() {
        return text -> {
            Path path = path().read(text);
            if (!Files.isRegularFile(path)) {
                throw new BadValue(
                        Files.exists(path) ? path + " is not a file" : "file " + path + " does not exist",
                        "create it, or name another one");
            }
            return path;
        };
    }

    /** {@code 500B}, {@code 64KB}, {@code 64MB}, {@code 2GB}, {@code 1TB}, each 1024 of the one before. */
    public static SettingType<Long> size() {
        return Amounts::size;
    }

    /** {@code 500ms}, {@code 10s}, {@code 5m}, {@code 4d}, {@code 1h30m}; never nothing. */
    public static SettingType<Duration> duration() {
        return Amounts::duration;
    }

    /** The word {@code off}, or a value. */
    public static <T> SettingType<Optional<T>> orOff(SettingType<T> type) {
        return text -> text.equals("off") ? Optional.empty() : Optional.of(type.read(text));
    }

    public static SettingType<Integer> integer(int least, int most) {
        return text -> {
            try {
                int value = Integer.parseInt(text);
                if (value >= least && value <= most) {
                    return value;
                }
            } catch (NumberFormatException e) {
                throw new BadValue(quoted(text) + " is not a whole number", "take " + least + " to " + most);
            }
            throw new BadValue(text + " is out of range", "take " + least + " to " + most);
        };
    }

    /** A share of a whole. */
    public static SettingType<Double> ratio() {
        return text -> {
            try {
                double value = Double.parseDouble(text);
                if (value >= 0 && value <= 1) {
                    return value;
                }
            } catch (NumberFormatException e) {
                throw new BadValue(quoted(text) + " is not a number", "take 0 to 1, for example 0.5");
            }
            throw new BadValue(text + " is out of range", "take 0 to 1, for example 0.5");
        };
    }

    public static SettingType<Boolean> yesOrNo() {
        return text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new BadValue(quoted(text) + " is neither true nor false", "write true or false");
        };
    }

    /** One of an enum's names in lower case, {@code -} for {@code _}. */
    public static <E extends Enum<E>> SettingType<E> oneOf(Class<E> type) {
        return text -> {
            for (E value : type.getEnumConstants()) {
                if (word(value).equals(text)) {
                    return value;
                }
            }
            String words = Arrays.stream(type.getEnumConstants())
                    .map(SettingTypes::word)
                    .collect(Collectors.joining(", "));
            throw new BadValue(quoted(text) + " is not one of the choices", "take one of " + words);
        };
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static SettingType<TableGlobs> globs() {
        return TableGlobs::parse;
    }

    public static SettingType<CronSchedule> cron() {
        return CronSchedule::parse;
    }

    /** Five cron fields, or a duration. */
    public static SettingType<Schedule> schedule() {
        return text -> text.indexOf(' ') < 0 && text.indexOf('\t') < 0
                ? new Schedule.Every(Amounts.duration(text))
                : CronSchedule.parse(text);
    }

    public static SettingType<ZoneId> zone() {
        return text -> {
            try {
                return ZoneId.of(text);
            } catch (DateTimeException e) {
                throw new BadValue(quoted(text) + " is not a time zone", "take one such as UTC or Europe/Berlin");
            }
        };
    }

    /** A JDBC URL of PostgreSQL; a password in it would be printed with it, so it is refused. */
    public static SettingType<String> jdbcUrl() {
        return JdbcUrls::check;
    }

    public static SettingType<URI> uri() {
        return text -> {
            try {
                return new URI(text);
            } catch (URISyntaxException e) {
                throw new BadValue(quoted(text) + " is not a URL", "write sftp://user@host/folder or file:/folder");
            }
        };
    }

    static String quoted(String text) {
        return '"' + text + '"';
    }
}
