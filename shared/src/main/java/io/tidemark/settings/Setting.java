package io.tidemark.settings;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A setting that was read; its value may only be asked for after {@link SettingsReader#finish()} found no problem. */
public final class Setting<T> {
    private final String key;
    private final @Nullable T value;

    Setting(String key, @Nullable T value) {
        this.key = key;
        this.value = value;
    }

    public T get() {
        if (value == null) {
            throw new IllegalStateException("asked for " + key + " before its problems were looked at");
        }
        return value;
    }

    public Optional<T> optional() {
        return Optional.ofNullable(value);
    }
}
