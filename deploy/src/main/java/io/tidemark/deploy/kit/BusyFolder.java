package io.tidemark.deploy.kit;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Looks through a folder in which a service may be at work: what goes meanwhile is left out, where {@link Files#walk} would fail. */
public final class BusyFolder {

    private BusyFolder() {}

    /**
     * Regular files at any depth with what was known of each when it was found, by path.
     *
     * @throws NoSuchFileException where the folder itself is not there
     */
    public static Map<Path, BasicFileAttributes> files(Path folder) throws IOException {
        Map<Path, BasicFileAttributes> found = new TreeMap<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile()) {
                    found.put(file, attributes);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException problem) throws IOException {
                return goOn(file, problem);
            }

            @Override
            public FileVisitResult postVisitDirectory(Path each, @Nullable IOException problem) throws IOException {
                return problem == null ? FileVisitResult.CONTINUE : goOn(each, problem);
            }

            private FileVisitResult goOn(Path path, IOException problem) throws IOException {
                if (problem instanceof NoSuchFileException && !path.equals(folder)) {
                    return FileVisitResult.CONTINUE;
                }
                throw problem;
            }
        });
        return found;
    }
}
