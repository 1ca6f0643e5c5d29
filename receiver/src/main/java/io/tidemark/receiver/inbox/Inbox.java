package io.tidemark.receiver.inbox;

import io.tidemark.bundle.VolumeName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The folder into which senders put volumes. What is written still ({@code .part}) or has a foreign name is left alone. */
public final class Inbox {
    private static final String TAR = ".tar";

    private final Path folder;

    public Inbox(Path folder) {
        this.folder = folder;
    }

    public Path path(VolumeName volume) {
        return folder.resolve(volume.fileName());
    }

    /**
     * Every volume, in the order in which they are to be taken in.
     *
     * @throws IOException where the folder cannot be listed: that does not mean that it is empty
     */
    public List<VolumeName> volumes() throws IOException {
        return files(file -> VolumeName.parse(name(file)).isPresent() && isPlainFile(file)).stream()
                .flatMap(file -> VolumeName.parse(name(file)).stream())
                .sorted()
                .toList();
    }

    /** Files that end like a volume and are none: misnamed, or no plain files. Folders are not among them. */
    public List<Path> strangers() throws IOException {
        return files(file -> name(file).endsWith(TAR)
                && !(VolumeName.parse(name(file)).isPresent() && isPlainFile(file))
                && !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS));
    }

    private List<Path> files(Predicate<Path> which) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new NotDirectoryException(folder.toString());
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(which).sorted().toList();
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    /** Not through a link: the inbox belongs to whoever may log in there. */
    private static boolean isPlainFile(Path file) {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }
}
