package io.tidemark.logging;

import io.tidemark.settings.BadValue;
import io.tidemark.settings.Setting;
import io.tidemark.settings.SettingType;
import io.tidemark.settings.SettingTypes;
import io.tidemark.settings.SettingsReader;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.event.Level;

/** The keys of the logs, which both nodes have. Use {@link #get} once the reader is finished. */
public final class LogKeys {
    private final Setting<LogSettings.Format> format;
    private final Setting<LevelsByRoute> levels;
    private final Setting<Long> maxSize;
    private final Setting<Integer> keep;

    public LogKeys(SettingsReader reader) {
        format = reader.or("log.format", SettingTypes.oneOf(LogSettings.Format.class), LogSettings.Format.TEXT);
        levels = reader.or("log.level", levels(), new LevelsByRoute(Level.INFO, Map.of()));
        maxSize = reader.or("log.max-size", SettingTypes.size(), LogSettings.USUAL.maxSize());
        keep = reader.or("log.keep-days", SettingTypes.integer(1, 3650), LogSettings.USUAL.keepDays());
    }

    public LogSettings get() {
        return new LogSettings(format.get(), levels.get().all(), levels.get().routes(), maxSize.get(), keep.get());
    }

    /** {@code log.level}, taken apart. */
    private record LevelsByRoute(Level all, Map<String, Level> routes) {}

    /** {@code info}, or {@code info, push=debug, load=warn}. */
    private static SettingType<LevelsByRoute> levels() {
        return text -> {
            Level all = Level.INFO;
            Map<String, Level> routes = new TreeMap<>();
            List<String> parts =
                    Arrays.stream(text.split(",", -1)).map(String::strip).toList();
            for (String part : parts) {
                int equals = part.indexOf('=');
                if (equals < 0) {
                    all = level(part);
                } else {
                    String route = part.substring(0, equals).strip();
                    if (!Routes.ALL.contains(route)) {
                        throw new BadValue(
                                '"' + route + "\" is no log", "take one of " + String.join(", ", Routes.ALL));
                    }
                    routes.put(route, level(part.substring(equals + 1).strip()));
                }
            }
            return new LevelsByRoute(all, routes);
        };
    }

    private static Level level(String text) throws BadValue {
        for (Level level : Level.values()) {
            if (level.name().toLowerCase(Locale.ROOT).equals(text)) {
                return level;
            }
        }
        throw new BadValue('"' + text + "\" is no level", "take one of error, warn, info, debug, trace");
    }
}
