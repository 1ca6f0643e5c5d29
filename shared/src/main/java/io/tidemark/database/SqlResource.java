package io.tidemark.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Reads the SQL files that lie beside a class. */
public final class SqlResource {
    /** By package and name: some are asked for at each tick. */
    private static final Map<String, String> KNOWN = new ConcurrentHashMap<>();

    private SqlResource() {}

    /** @param beside the class in whose package the file lies */
    public static String read(Class<?> beside, String name) {
        return KNOWN.computeIfAbsent(beside.getPackageName() + '/' + name, key -> load(beside, name));
    }

    private static String load(Class<?> beside, String name) {
        try (InputStream stream = beside.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalArgumentException("no resource " + name + " beside " + beside.getName());
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
