package io.tidemark.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * Loads the classes that a node's commands may need, then runs one of them: for a Java that archives, when it ends, what it has loaded. Used by
 * {@code tidemark-warm-up} alone.
 */
public final class WarmUp {
    /** Of jars whose classes nearly every command needs; others are loaded where the command that is run needs them. */
    private static final List<String> JARS = List.of(
            "tidemark-",
            "postgresql-",
            "jackson-",
            "camel-",
            "picocli-",
            "sqlite-jdbc-",
            "zstd-jni-",
            "jsch-",
            "slf4j-");

    private static final String CLASS = ".class";

    private WarmUp() {}

    /** @param arguments the node's main class, and the words of its command */
    public static void main(String[] arguments) throws Exception {
        Path jar = Path.of(System.getProperty("java.class.path"));
        load(jar);
        try (JarFile file = new JarFile(jar.toFile())) {
            String others = file.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            for (String other : others.split(" ", -1)) {
                if (JARS.stream().anyMatch(other::startsWith)) {
                    load(jar.resolveSibling(other));
                }
            }
        }
        Class.forName(arguments[0]).getMethod("main", String[].class).invoke(null, (Object)
                Arrays.copyOfRange(arguments, 1, arguments.length));
    }

    private static void load(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            file.stream()
                    .map(JarEntry::getName)
                    .filter(name ->
                            name.endsWith(CLASS) && !name.startsWith("META-INF/") && !name.endsWith("-info.class"))
                    .forEach(name -> load(
                            name.substring(0, name.length() - CLASS.length()).replace('/', '.')));
        }
    }

    /** Some need a library that is not here: nobody needs them either. */
    private static void load(String name) {
        try {
            Class.forName(name, false, WarmUp.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError missing) {
            return;
        }
    }
}
