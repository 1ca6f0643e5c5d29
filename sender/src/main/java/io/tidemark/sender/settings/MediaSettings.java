package io.tidemark.sender.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Which media travel.
 *
 * @param folder without it none do
 * @param include empty for all files
 * @param interval how long partials may go without a look at the folder; zero for none
 * @param deleteGuard deletions of more than this share of the files are held back, 0 to 1; 0 lets all through
 */
public record MediaSettings(
        Optional<Path> folder, MediaGlobs include, MediaGlobs exclude, Duration interval, double deleteGuard) {
    public static final double USUAL_GUARD = 0.5;

    /** All files of a folder. */
    public static MediaSettings of(Path folder) {
        return new MediaSettings(Optional.of(folder), MediaGlobs.NONE, MediaGlobs.NONE, Duration.ZERO, USUAL_GUARD);
    }

    /** Whatever is gone is meant to be. */
    public MediaSettings withoutGuard() {
        return new MediaSettings(folder, include, exclude, interval, 0);
    }

    /** Whether a file travels, by its path below the folder. */
    public boolean takes(String path) {
        return (include.texts().isEmpty() || include.matches(path)) && !exclude.matches(path);
    }

    /** Whether there is anything to look for in a folder. */
    public boolean enters(String path) {
        return !exclude.coversFolder(path);
    }
}
