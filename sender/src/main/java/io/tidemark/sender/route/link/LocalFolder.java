package io.tidemark.sender.route.link;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** A folder of this machine, or of a mounted share. */
final class LocalFolder implements RemoteFolder {
    private final Path folder;

    LocalFolder(Path folder) {
        this.folder = folder;
    }

    @Override
    public List<Entry> list() throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                entry(file, entries);
            }
        }
        return entries;
    }

    private static void entry(Path file, List<Entry> entries) throws IOException {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (attributes.isRegularFile()) {
                entries.add(new Entry(
                        file.getFileName().toString(),
                        attributes.size(),
                        attributes.lastModifiedTime().toInstant()));
            }
        } catch (NoSuchFileException takenMeanwhile) {
            // The receiver empties the folder while we look.
        }
    }

    @Override
    public OptionalLong size(String name) throws IOException {
        try {
            return OptionalLong.of(Files.size(folder.resolve(name)));
        } catch (NoSuchFileException e) {
            return OptionalLong.empty();
        }
    }

    @Override
    public void write(String name, byte[] content) throws IOException {
        Files.write(folder.resolve(name), content);
    }

    @Override
    public void read(String name, OutputStream target) throws IOException {
        Files.copy(folder.resolve(name), target);
    }

    @Override
    public void publish(String part, String name) throws IOException {
        sync(folder.resolve(part), StandardOpenOption.WRITE);
        Files.move(
                folder.resolve(part),
                folder.resolve(name),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        sync(folder, StandardOpenOption.READ);
    }

    private static void sync(Path path, StandardOpenOption access) throws IOException {
        try (FileChannel channel = FileChannel.open(path, access)) {
            channel.force(true);
        }
    }

    @Override
    public void remove(String name) throws IOException {
        Files.delete(folder.resolve(name));
    }
}
