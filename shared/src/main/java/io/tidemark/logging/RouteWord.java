package io.tidemark.logging;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;

/** {@code %route} in a pattern. */
public final class RouteWord extends ClassicConverter {
    @Override
    public String convert(ILoggingEvent event) {
        return RouteOfLine.of(event);
    }
}
