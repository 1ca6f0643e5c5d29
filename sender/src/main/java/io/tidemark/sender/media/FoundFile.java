package io.tidemark.sender.media;

import io.tidemark.sender.state.MediaFile;
import java.nio.file.Path;

/**
 * A regular file met on the walk.
 *
 * @param path relative to the media folder, {@code /} between names
 * @param modified nanoseconds since 1970
 */
record FoundFile(String path, Path file, long size, long modified, long inode) {
    /** Whether it is as it was at the last look. */
    boolean isLike(MediaFile last) {
        return inode == last.inode() && size == last.size() && modified == last.modified();
    }
}
