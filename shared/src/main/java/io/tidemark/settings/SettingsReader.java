package io.tidemark.settings;

import io.tidemark.failure.TidemarkException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads a node's settings from a properties file, overridden by the environment ({@code TIDEMARK_DATABASE_URL} for
 * {@code database.url}), and collects every problem until {@link #finish()}. A key that nobody asked for is a problem, too.
 */
public final class SettingsReader {
    private final RawSettings raw;
    private final TreeSet<String> known = new TreeSet<>();
    private final List<Problem> problems = new ArrayList<>();

    private SettingsReader(RawSettings raw) {
        this.raw = raw;
    }

    /** @throws TidemarkException (USAGE) where the file itself cannot be read */
    public static SettingsReader open(Path file, Map<String, String> environment) {
        return new SettingsReader(RawSettings.read(file, environment));
    }

    public <T> Setting<T> required(String key, SettingType<T> type) {
        Optional<String> text = text(key);
        if (text.isEmpty() && raw.fromFile(key).isEmpty()) {
            add(key, "is missing", "add " + key + "=… to " + raw.file());
        }
        return new Setting<>(key, text.isEmpty() ? null : read(key, text.get(), type));
    }

    public <T> Setting<T> optional(String key, SettingType<T> type) {
        Optional<String> text = text(key);
        return new Setting<>(key, text.isEmpty() ? null : read(key, text.get(), type));
    }

    public <T> Setting<T> or(String key, SettingType<T> type, T fallback) {
        Optional<String> text = text(key);
        return new Setting<>(key, text.isEmpty() ? fallback : read(key, text.get(), type));
    }

    /** Reads a setting only to see whether it is good. */
    public void check(String key, SettingType<?> type) {
        optional(key, type);
    }

    /** Whether there is a text for the key, good or not. */
    public boolean given(String key) {
        return raw.fromEnvironment(key).isPresent() || raw.fromFile(key).isPresent();
    }

    /** What {@code …workers} settings are where they are not given: a connection per core, at least 2 and at most 4. */
    public static int defaultWorkers() {
        return Math.max(2, Math.min(4, Runtime.getRuntime().availableProcessors()));
    }

    /** A secret, given as {@code key} or, better, in a file named by {@code key-file}. */
    public Setting<Secret> secret(String key) {
        String fileKey = key + "-file";
        known.add(key);
        known.add(fileKey);
        SecretReader reader = new SecretReader(raw, key, fileKey);
        Setting<Secret> secret = new Setting<>(key, reader.read().orElse(null));
        problems.addAll(reader.problems());
        return secret;
    }

    /** For what only several settings together can tell. */
    public void add(String key, String what, String remedy) {
        problems.add(new Problem(key, what, remedy));
    }

    /** @throws TidemarkException (USAGE) that names every problem, where there is one; {@link SettingsProblems} takes it apart */
    public void finish() {
        problems.addAll(new UnknownKeys(raw, known).problems());
        if (!problems.isEmpty()) {
            throw SettingsProblems.failure(raw.file(), problems);
        }
    }

    private Optional<String> text(String key) {
        known.add(key);
        Optional<String> variable = raw.fromEnvironment(key).map(String::strip);
        if (variable.isPresent()) {
            return variable;
        }
        Optional<String> text = raw.fromFile(key).map(String::strip);
        if (text.isPresent() && text.get().isEmpty()) {
            add(key, "is empty", "give it a value, or remove the line");
        }
        return text.filter(value -> !value.isEmpty());
    }

    private <T> @Nullable T read(String key, String text, SettingType<T> type) {
        try {
            return type.read(text);
        } catch (BadValue e) {
            String from = raw.fromEnvironment(key).isPresent() ? " (from " + RawSettings.variable(key) + ")" : "";
            add(key, e.what() + from, e.remedy());
            return null;
        }
    }
}
