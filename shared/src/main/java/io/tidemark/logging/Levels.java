package io.tidemark.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/** Lets lines of our own through by the level of their route. */
public final class Levels extends TurboFilter {
    private static final String OURS = "io.tidemark";

    private final Map<String, Level> routes;

    private Levels(Map<String, Level> routes) {
        this.routes = routes;
    }

    public static void set(LoggerContext context, LogSettings settings) {
        context.getLogger(OURS).setLevel(Level.convertAnSLF4JLevel(settings.level()));
        if (!settings.routes().isEmpty()) {
            Levels levels = new Levels(settings.routes().entrySet().stream()
                    .collect(
                            Collectors.toMap(Map.Entry::getKey, route -> Level.convertAnSLF4JLevel(route.getValue()))));
            levels.start();
            context.addTurboFilter(levels);
        }
    }

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] parameters,
            @Nullable Throwable thrown) {
        if (!logger.getName().startsWith(OURS)) {
            return FilterReply.NEUTRAL;
        }
        Level least = routes.get(RouteOfLine.current());
        return least == null
                ? FilterReply.NEUTRAL
                : level.isGreaterOrEqual(least) ? FilterReply.ACCEPT : FilterReply.DENY;
    }
}
