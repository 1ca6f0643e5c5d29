package io.tidemark.settings;

/**
 * One thing that is wrong with the settings.
 *
 * @param key the setting it is about
 * @param what lower case, without the key
 * @param remedy what to do about it
 */
public record Problem(String key, String what, String remedy) {

    /** {@code database.url: is missing}, and its remedy on a line of its own. */
    public String text() {
        return key + ": " + what + "\n    " + remedy;
    }
}
