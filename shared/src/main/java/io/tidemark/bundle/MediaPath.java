package io.tidemark.bundle;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Paths of media files: relative, {@code /} between names, the same on both nodes whatever their file systems say. */
public final class MediaPath {
    /** What Linux takes in one path, in bytes. */
    public static final int MAX_BYTES = 4095;

    /** What Linux takes in one name, in bytes. */
    public static final int MAX_NAME_BYTES = 255;

    private static final String TEMPORARY_PREFIX = ".tidemark-";
    private static final String TEMPORARY_SUFFIX = ".part";

    private MediaPath() {}

    /** The name of a file that is being written beside its place; never that of a media file. */
    public static String temporary(String unique) {
        return TEMPORARY_PREFIX + unique + TEMPORARY_SUFFIX;
    }

    public static boolean isTemporary(String name) {
        return name.startsWith(TEMPORARY_PREFIX) && name.endsWith(TEMPORARY_SUFFIX);
    }

    /** Why a path cannot be that of a media file; empty where it can. */
    public static Optional<String> problem(String path) {
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        if (path.isEmpty() || bytes.length > MAX_BYTES || path.indexOf('\0') >= 0) {
            return Optional.of("is empty, longer than " + MAX_BYTES + " bytes, or holds a NUL");
        }
        if (!new String(bytes, StandardCharsets.UTF_8).equals(path)) {
            return Optional.of("is not Unicode text");
        }
        for (String name : path.split("/", -1)) {
            if (name.isEmpty() || name.equals(".") || name.equals("..")) {
                return Optional.of("has an empty name, '.' or '..' in it");
            }
            if (name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
                return Optional.of("has a name longer than " + MAX_NAME_BYTES + " bytes");
            }
        }
        return Optional.empty();
    }

    /** The order of {@code media.jsonl.zst}: by UTF-8 bytes, unsigned. */
    public static int compare(String left, String right) {
        return Arrays.compareUnsigned(left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
    }
}
