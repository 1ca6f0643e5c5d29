package io.tidemark.settings;

import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;

/** The texts of a settings file (properties, UTF-8) and of the environment, not yet understood. */
final class RawSettings {
    static final String PREFIX = "TIDEMARK_";

    private final Path file;
    private final SortedMap<String, String> texts;
    private final List<String> repeated;
    private final Map<String, String> environment;

    private RawSettings(
            Path file, SortedMap<String, String> texts, List<String> repeated, Map<String, String> environment) {
        this.file = file;
        this.texts = texts;
        this.repeated = repeated;
        this.environment = environment;
    }

    static RawSettings read(Path file, Map<String, String> environment) {
        Lines lines = new Lines();
        try (Reader reader = Files.newBufferedReader(file)) {
            lines.load(reader);
        } catch (NoSuchFileException e) {
            throw unreadable(file, "does not exist", "create it, or name another one with --config", e);
        } catch (CharacterCodingException e) {
            throw unreadable(file, "is not UTF-8", "save it as UTF-8", e);
        } catch (IllegalArgumentException e) {
            throw unreadable(file, "has a malformed \\u escape", "write the character itself; the file is UTF-8", e);
        } catch (IOException e) {
            throw unreadable(file, "cannot be read: " + e, "let the user that runs Tidemark read it", e);
        }
        SortedMap<String, String> texts = new TreeMap<>();
        lines.stringPropertyNames().forEach(key -> texts.put(key, lines.getProperty(key)));
        return new RawSettings(file, texts, lines.repeated, environment);
    }

    private static TidemarkException unreadable(Path file, String what, String hint, Exception cause) {
        return new TidemarkException(FailureCode.USAGE, "settings file " + file + " " + what, hint, cause);
    }

    static String variable(String key) {
        return PREFIX + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /** An empty variable counts as not set: that is how compose files and units pass a variable that nobody set. */
    Optional<String> fromEnvironment(String key) {
        return Optional.ofNullable(environment.get(variable(key))).filter(text -> !text.isEmpty());
    }

    Optional<String> fromFile(String key) {
        return Optional.ofNullable(texts.get(key));
    }

    Path file() {
        return file;
    }

    List<String> keysInFile() {
        return List.copyOf(texts.keySet());
    }

    List<String> repeated() {
        return repeated;
    }

    List<String> variables() {
        return environment.keySet().stream()
                .filter(name -> name.startsWith(PREFIX))
                .sorted()
                .toList();
    }

    /** Notices a key that is given twice, of which Properties would silently keep the last. */
    private static final class Lines extends Properties {
        private static final long serialVersionUID = 1L;

        private final ArrayList<String> repeated = new ArrayList<>();

        @Override
        public synchronized Object put(Object key, Object value) {
            Object before = super.put(key, value);
            if (before != null) {
                repeated.add((String) key);
            }
            return before;
        }
    }
}
