package io.tidemark.alarm;

import io.tidemark.failure.TidemarkException;
import java.util.function.Supplier;

/**
 * Where steps tell what a person should know. Nothing here blocks, throws, or waits for a channel; everything may be said again and again,
 * and is told once.
 */
public interface Alarms {
    /** For a command, whose exit code tells: nobody is alarmed. */
    static Alarms none() {
        return new Silent();
    }

    /**
     * Something is wrong, until {@link #clear}.
     *
     * @param message names the thing, lower case
     * @param hint what to do about it
     */
    void raise(AlarmId id, String message, String hint);

    /**
     * The same of something that has no log of its own.
     *
     * @param log the route whose log tells more
     */
    default void raise(AlarmId id, String log, String message, String hint) {
        raise(id, message, hint);
    }

    /** It is not so, or not any more. Costs nothing where no such incident is open. */
    void clear(AlarmId id);

    /** Raises or clears, as {@code wrong} says. */
    default void set(boolean wrong, AlarmId id, Supplier<String> message, String hint) {
        if (wrong) {
            raise(id, message.get(), hint);
        } else {
            clear(id);
        }
    }

    /** A route failed. Incidents about the link are shared by all routes that meet them. */
    default void failed(String route, TidemarkException failure) {
        failed(route, "", failure);
    }

    /** @param about which of several things that the route works on, such as a source */
    void failed(String route, String about, TidemarkException failure);

    /** The route did its work: what its failures opened is over. */
    default void succeeded(String route) {
        succeeded(route, "");
    }

    void succeeded(String route, String about);

    /** All is well with a kind: its watchdog is pinged, and nobody else is told. */
    void well(String kind);

    /**
     * Something of a kind was finished well: its watchdog is pinged, and people are told where they asked for it.
     *
     * @param kind complete, partial, link-check
     * @param summary a line for people
     */
    void done(String kind, String summary);

    /** Whether people know already that something is wrong with it, beside its silence. */
    boolean isTroubled(String subject);

    /** From here on failures only tell of the stop that caused them. */
    void end();
}
