package io.tidemark.sender.log;

import java.util.Locale;

/** What Tidemark's objects on the primary are called. */
public record LogNames(String slot, String publication) {
    /** The longest name that PostgreSQL keeps whole. */
    private static final int LONGEST = 63;

    public static LogNames of(String source) {
        String name = "tidemark_" + source.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_");
        String cut = name.substring(0, Math.min(name.length(), LONGEST));
        return new LogNames(cut, cut);
    }
}
