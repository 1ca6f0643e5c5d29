package io.tidemark.file;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What the file system says of a name itself, links not followed.
 *
 * @param modified nanoseconds since 1970
 * @param links names of the same file
 */
public record FileStat(Type type, long size, long modified, long device, long inode, int links) {
    private static final int TYPE_BITS = 0xf000;

    /** What kind of thing a name stands for. */
    public enum Type {
        FILE,
        FOLDER,
        LINK,
        OTHER
    }

    /** @throws NoSuchFileException also where something above it is no folder */
    public static FileStat of(Path path) throws IOException {
        Map<String, Object> values;
        try {
            values = Files.readAttributes(
                    path, "unix:mode,size,lastModifiedTime,dev,ino,nlink", LinkOption.NOFOLLOW_LINKS);
        } catch (FileSystemException failure) {
            if ("Not a directory".equals(failure.getReason())) {
                throw new NoSuchFileException(path.toString());
            }
            throw failure;
        }
        FileTime modified = (FileTime) value(values, "lastModifiedTime");
        return new FileStat(
                type((Integer) value(values, "mode")),
                (Long) value(values, "size"),
                modified.to(TimeUnit.NANOSECONDS),
                (Long) value(values, "dev"),
                (Long) value(values, "ino"),
                (Integer) value(values, "nlink"));
    }

    /** Empty where there is nothing. */
    public static Optional<FileStat> find(Path path) throws IOException {
        try {
            return Optional.of(of(path));
        } catch (NoSuchFileException nothingThere) {
            return Optional.empty();
        }
    }

    public boolean isFile() {
        return type == Type.FILE;
    }

    public boolean isFolder() {
        return type == Type.FOLDER;
    }

    /** Whether both are names of one and the same file. */
    public boolean isSameFileAs(FileStat other) {
        return device == other.device && inode == other.inode;
    }

    public long modifiedMillis() {
        return Math.floorDiv(modified, 1_000_000L);
    }

    private static Object value(Map<String, Object> values, String key) {
        Object value = values.get(key);
        if (value == null) {
            throw new IllegalStateException("the platform does not tell " + key);
        }
        return value;
    }

    private static Type type(int mode) {
        return switch (mode & TYPE_BITS) {
            case 0x8000 -> Type.FILE;
            case 0x4000 -> Type.FOLDER;
            case 0xa000 -> Type.LINK;
            default -> Type.OTHER;
        };
    }
}
