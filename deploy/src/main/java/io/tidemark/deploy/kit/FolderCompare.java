package io.tidemark.deploy.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Compares all files of two folders byte by byte. */
public final class FolderCompare {

    private FolderCompare() {}

    /** @param differences one line each, empty where the folders are equal */
    public record Outcome(int files, long bytes, List<String> differences) {
        public Outcome {
            differences = List.copyOf(differences);
        }
    }

    public static Outcome of(Path source, Path target) {
        try {
            Set<String> expected = files(source);
            Set<String> found = files(target);
            List<String> differences = new ArrayList<>();
            found.stream()
                    .filter(name -> !expected.contains(name))
                    .forEach(name -> differences.add(name + ": only in the target"));
            long bytes = 0;
            for (String name : expected) {
                bytes += Files.size(source.resolve(name));
                if (!found.contains(name)) {
                    differences.add(name + ": missing in the target");
                } else if (Files.mismatch(source.resolve(name), target.resolve(name)) >= 0) {
                    differences.add(name + ": contents differ");
                }
            }
            return new Outcome(expected.size(), bytes, differences);
        } catch (IOException e) {
            throw new UncheckedIOException(source + " and " + target + ": cannot be compared", e);
        }
    }

    private static Set<String> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /** Bytes of all files below a folder; 0 where there is none. A file with several hard links counts once. */
    public static long size(Path folder) {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        Set<Object> seen = new java.util.HashSet<>();
        try (Stream<Path> all = Files.walk(folder)) {
            long bytes = 0;
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                if (seen.add(Files.getAttribute(file, "unix:ino"))) {
                    bytes += Files.size(file);
                }
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(folder + ": cannot be measured", e);
        }
    }
}
