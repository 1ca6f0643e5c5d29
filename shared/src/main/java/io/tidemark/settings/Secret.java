package io.tidemark.settings;

/** A value that is never printed; only {@link #value()} gives it away. */
public record Secret(String value) {
    public static final String MASK = "********";

    @Override
    public String toString() {
        return MASK;
    }
}
