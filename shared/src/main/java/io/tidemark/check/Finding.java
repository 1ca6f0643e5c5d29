package io.tidemark.check;

/**
 * One thing that was tried.
 *
 * @param key the setting that it depends on
 * @param what was found, lower case
 * @param remedy what to do about it; empty where nothing has to be done
 */
public record Finding(Level level, String key, String what, String remedy) {
    /** How good a finding is. */
    public enum Level {
        OK,
        /** Worth knowing; nothing fails because of it. */
        NOTE,
        PROBLEM
    }

    public static Finding ok(String key, String what) {
        return new Finding(Level.OK, key, what, "");
    }

    public static Finding note(String key, String what, String remedy) {
        return new Finding(Level.NOTE, key, what, remedy);
    }

    public static Finding problem(String key, String what, String remedy) {
        return new Finding(Level.PROBLEM, key, what, remedy);
    }
}
