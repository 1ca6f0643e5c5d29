package io.tidemark.sender.media;

import io.tidemark.file.FileStat;
import java.nio.file.Path;

/**
 * A regular file met on the walk.
 *
 * @param path relative to the media folder, {@code /} between names
 */
record FoundFile(String path, Path file, FileStat stat) {}
