package io.tidemark.deploy.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** Compares all files of two folders byte by byte. */
public final class FolderCompare {

    private FolderCompare() {}

    /** @param differences one line each, empty where the folders are equal */
    public record Outcome(int files, long bytes, List<String> differences) {
        public Outcome {
            differences = List.copyOf(differences);
        }
    }

    /** Files that go while this looks count as not there. */
    public static Outcome of(Path source, Path target) {
        try {
            Map<String, Long> expected = sizes(source);
            Set<String> found = sizes(target).keySet();
            List<String> differences = new ArrayList<>();
            found.stream()
                    .filter(name -> !expected.containsKey(name))
                    .forEach(name -> differences.add(name + ": only in the target"));
            long bytes = 0;
            for (Map.Entry<String, Long> each : expected.entrySet()) {
                String name = each.getKey();
                bytes += each.getValue();
                if (!found.contains(name)) {
                    differences.add(name + ": missing in the target");
                } else if (differ(source.resolve(name), target.resolve(name))) {
                    differences.add(name + ": contents differ");
                }
            }
            return new Outcome(expected.size(), bytes, differences);
        } catch (IOException e) {
            throw new UncheckedIOException(source + " and " + target + ": cannot be compared", e);
        }
    }

    private static boolean differ(Path source, Path target) throws IOException {
        try {
            return Files.mismatch(source, target) >= 0;
        } catch (NoSuchFileException oneWent) {
            return true;
        }
    }

    private static Map<String, Long> sizes(Path folder) throws IOException {
        Map<String, Long> sizes = new TreeMap<>();
        BusyFolder.files(folder)
                .forEach((file, attributes) -> sizes.put(folder.relativize(file).toString(), attributes.size()));
        return sizes;
    }

    /** Bytes of all files below a folder; 0 where there is none. A file with several hard links counts once. */
    public static long size(Path folder) {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        try {
            Map<Object, Long> sizes = new HashMap<>();
            for (Map.Entry<Path, BasicFileAttributes> each :
                    BusyFolder.files(folder).entrySet()) {
                Object inode = Objects.requireNonNullElse(each.getValue().fileKey(), each.getKey());
                sizes.put(inode, each.getValue().size());
            }
            return sizes.values().stream().mapToLong(Long::longValue).sum();
        } catch (IOException e) {
            throw new UncheckedIOException(folder + ": cannot be measured", e);
        }
    }
}
