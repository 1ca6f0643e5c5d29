package io.tidemark.logging;

import java.util.Map;
import org.slf4j.event.Level;

/**
 * How the logs are written.
 *
 * @param level of what belongs to no route below
 * @param routes levels of single routes
 * @param maxSize of one file, in bytes
 * @param keepDays how long old files stay
 */
public record LogSettings(Format format, Level level, Map<String, Level> routes, long maxSize, int keepDays) {
    public static final LogSettings USUAL = new LogSettings(Format.TEXT, Level.INFO, Map.of(), 10 << 20, 14);

    public LogSettings {
        routes = Map.copyOf(routes);
    }

    /** What a line is. */
    public enum Format {
        /** Words for people. */
        TEXT,
        /** A JSON object for programs. */
        JSON
    }
}
