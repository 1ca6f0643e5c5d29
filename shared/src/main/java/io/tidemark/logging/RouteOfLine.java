package io.tidemark.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.sift.AbstractDiscriminator;
import java.util.Map;
import org.slf4j.MDC;

/** The route that a line belongs to: the one that a step named, else Camel's. */
final class RouteOfLine extends AbstractDiscriminator<ILoggingEvent> {
    private static final String CAMEL = "camel.routeId";

    static String of(ILoggingEvent event) {
        Map<String, String> about = event.getMDCPropertyMap();
        return about.getOrDefault(LogScope.ROUTE, about.getOrDefault(CAMEL, ""));
    }

    /** Of the thread that asks. */
    static String current() {
        String route = MDC.get(LogScope.ROUTE);
        String camel = route == null ? MDC.get(CAMEL) : route;
        return camel == null ? "" : camel;
    }

    @Override
    public String getDiscriminatingValue(ILoggingEvent event) {
        return of(event);
    }

    @Override
    public String getKey() {
        return LogScope.ROUTE;
    }
}
