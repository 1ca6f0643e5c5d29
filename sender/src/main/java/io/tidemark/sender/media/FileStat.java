package io.tidemark.sender.media;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What the file system says of a name itself, links not followed.
 *
 * @param modified nanoseconds since 1970
 */
record FileStat(Type type, long size, long modified, long inode) {
    private static final int TYPE_BITS = 0xf000;

    /** What kind of thing a name stands for. */
    enum Type {
        FILE,
        FOLDER,
        LINK,
        OTHER
    }

    static FileStat of(Path path) throws IOException {
        Map<String, Object> values =
                Files.readAttributes(path, "unix:mode,size,lastModifiedTime,ino", LinkOption.NOFOLLOW_LINKS);
        FileTime modified = (FileTime) value(values, "lastModifiedTime");
        return new FileStat(
                type((Integer) value(values, "mode")),
                (Long) value(values, "size"),
                modified.to(TimeUnit.NANOSECONDS),
                (Long) value(values, "ino"));
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
