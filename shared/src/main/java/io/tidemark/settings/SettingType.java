package io.tidemark.settings;

/** How a setting's text becomes a value. */
@FunctionalInterface
public interface SettingType<T> {

    /** @param text without blanks around it, never empty */
    T read(String text) throws BadValue;
}
