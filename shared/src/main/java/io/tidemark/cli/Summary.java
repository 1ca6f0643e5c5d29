package io.tidemark.cli;

import java.util.Locale;

/** Lines of a name and a value. */
public final class Summary {
    private Summary() {}

    public static void line(Console console, String name, String value) {
        console.line(String.format(Locale.ROOT, "%-14s %s", name, value));
    }
}
