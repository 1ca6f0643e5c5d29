package io.tidemark.logging;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** What the lines of a thread are about, until it is closed. Scopes may be nested. */
public final class LogScope implements AutoCloseable {
    /** The key of the route whose log takes the lines. */
    public static final String ROUTE = "route";
    /** The key of the bundle's name. */
    public static final String BUNDLE = "bundle";

    private final String key;
    private final @Nullable String before;

    private LogScope(String key, String value) {
        this.key = key;
        this.before = MDC.get(key);
        MDC.put(key, value);
    }

    /** @param route one of {@link Routes#ALL} */
    public static LogScope route(String route) {
        return new LogScope(ROUTE, route);
    }

    public static LogScope bundle(Object bundle) {
        return new LogScope(BUNDLE, String.valueOf(bundle));
    }

    /** Work that may throw. */
    @FunctionalInterface
    public interface Work<T, E extends Exception> {
        T run() throws E;
    }

    /** @param route one of {@link Routes#ALL} */
    public static <T, E extends Exception> T inRoute(String route, Work<T, E> work) throws E {
        return in(route(route), work);
    }

    public static <T, E extends Exception> T aboutBundle(Object bundle, Work<T, E> work) throws E {
        return in(bundle(bundle), work);
    }

    private static <T, E extends Exception> T in(LogScope scope, Work<T, E> work) throws E {
        try {
            return work.run();
        } finally {
            scope.close();
        }
    }

    /** For a thread that works for this one: its lines are about the same. */
    public static Runnable carried(Runnable work) {
        Map<String, String> about = MDC.getCopyOfContextMap();
        return () -> {
            Map<String, String> own = MDC.getCopyOfContextMap();
            set(about);
            try {
                work.run();
            } finally {
                set(own);
            }
        };
    }

    private static void set(@Nullable Map<String, String> about) {
        if (about == null) {
            MDC.clear();
        } else {
            MDC.setContextMap(about);
        }
    }

    @Override
    public void close() {
        if (before == null) {
            MDC.remove(key);
        } else {
            MDC.put(key, before);
        }
    }
}
