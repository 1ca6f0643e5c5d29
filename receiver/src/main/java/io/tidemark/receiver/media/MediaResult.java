package io.tidemark.receiver.media;

import io.tidemark.bundle.Manifest;
import java.util.ArrayList;
import java.util.List;

/**
 * What was done to the media folder.
 *
 * @param placed files that were new, changed, missing or spoilt
 * @param bytes of these
 * @param deferred files in whose way something stood that may go away with the removals
 * @param notes what a person should know
 */
public record MediaResult(long placed, long bytes, long unchanged, long removed, long deferred, List<String> notes) {
    public MediaResult {
        notes = List.copyOf(notes);
    }

    /** For a receiver without media.folder. */
    public static MediaResult withoutFolder(Manifest.Media media) {
        List<String> notes = media.files() == 0
                ? List.of()
                : List.of("media.folder is not set: " + media.files() + " media files are in the archive only");
        return new MediaResult(0, 0, 0, 0, 0, notes);
    }

    /** Both phases together. */
    public MediaResult plus(MediaResult later) {
        List<String> all = new ArrayList<>(notes);
        all.addAll(later.notes);
        return new MediaResult(
                placed + later.placed,
                bytes + later.bytes,
                unchanged + later.unchanged,
                removed + later.removed,
                later.deferred,
                all);
    }
}
