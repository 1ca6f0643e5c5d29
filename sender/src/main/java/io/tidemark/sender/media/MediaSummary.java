package io.tidemark.sender.media;

import io.tidemark.bundle.Manifest;
import java.util.List;

/**
 * What a walk over the media folder found.
 *
 * @param bytes of all files
 * @param read files that had to be read, being new or changed or no longer held by the receiver
 * @param after 0 where nobody makes partials
 * @param leftOut files that do not travel, or not as they should, named for people
 * @param unreadable those of them that nobody lets us read
 */
public record MediaSummary(
        long files, long bytes, long read, long after, List<Manifest.LeftOut> leftOut, UnreadableFiles unreadable) {
    public MediaSummary {
        leftOut = List.copyOf(leftOut);
    }

    /** As the manifest tells it. */
    public Manifest.Media totals() {
        return after == 0 ? new Manifest.Media(true, files, bytes) : Manifest.Media.ofComplete(files, bytes, after);
    }
}
