package io.tidemark.sender.media;

import io.tidemark.bundle.MediaPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** A media folder that people work in. */
final class RandomMedia {
    private static final List<String> NAMES =
            List.of("a", "b c", "a.b", "a-b", "ä", "\n", "'", "\"", "日本", "\uD83D\uDE00", "%s", "-rf", "*");

    private RandomMedia() {}

    /** Writes, edits, moves and removes some files. */
    static void change(MediaFolder folder, Random random) throws IOException {
        for (int i = 0; i < 60; i++) {
            String path = path(random);
            if (canHold(folder.root, path)) {
                byte[] content = new byte[random.nextInt(40)];
                random.nextBytes(content);
                folder.write(path, content, Duration.ofSeconds(10 + random.nextInt(100_000)));
            }
        }
        for (String path : paths(folder.root)) {
            if (random.nextInt(4) == 0) {
                Files.delete(folder.root.resolve(path));
            }
        }
    }

    private static String path(Random random) {
        StringBuilder path = new StringBuilder(name(random));
        for (int depth = random.nextInt(4); depth > 0; depth--) {
            path.append('/').append(name(random));
        }
        return path.toString();
    }

    private static String name(Random random) {
        return NAMES.get(random.nextInt(NAMES.size()));
    }

    private static boolean canHold(Path root, String path) {
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            if (Files.isRegularFile(root.resolve(path.substring(0, slash)))) {
                return false;
            }
        }
        return !Files.isDirectory(root.resolve(path));
    }

    /** Paths of all files in the order of a list. */
    static List<String> paths(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .sorted(MediaPath::compare)
                    .toList();
        }
    }
}
