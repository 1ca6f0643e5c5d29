package io.tidemark.sender.media;

import io.tidemark.bundle.NameEncoding;
import io.tidemark.sender.settings.MediaSettings;
import io.tidemark.sender.state.MediaCatalogue;
import io.tidemark.sender.state.MediaFile;
import io.tidemark.sender.state.SenderState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A complete's first look at the folder: what is gone, and, where partials have not begun to speak of media, what is there. Reads no file. */
public final class MediaScan {
    private final MediaSettings wanted;
    private final Path scratch;
    private final SenderState state;
    private final boolean takes;
    private long gone;
    private long fresh;

    /**
     * @param scratch a folder of our own; what lies in it is removed
     * @param takes whether the complete takes all files into its hands that nobody speaks of yet
     */
    public MediaScan(MediaSettings wanted, Path scratch, SenderState state, boolean takes) {
        this.wanted = wanted;
        this.scratch = scratch;
        this.state = state;
        this.takes = takes;
    }

    /**
     * What was seen.
     *
     * @param gone files that were said to be there and are not
     * @param fresh files that nobody speaks of yet
     */
    public record Seen(long gone, long fresh) {}

    /** @throws MediaFolderException where the folder, or one in it, cannot be looked at */
    public Seen run() throws IOException {
        NameEncoding.requireUtf8();
        MediaScratch.empty(scratch);
        CatalogueJoin join = new CatalogueJoin(
                state.media(), false, file -> gone += file.said().there() ? 1 : 0);
        try (MediaWalk walk = new MediaWalk(wanted, scratch, new LeftOutFiles())) {
            for (FoundFile found = walk.next(); found != null; found = walk.next()) {
                Optional<MediaFile> last = join.find(found.path());
                if (last.filter(file -> file.said().there()).isPresent()) {
                    continue;
                }
                fresh++;
                if (takes) {
                    join.note(new MediaCatalogue.Seen(seen(found, last)));
                }
            }
            join.finish();
        }
        return new Seen(gone, fresh);
    }

    private static MediaFile seen(FoundFile found, Optional<MediaFile> last) {
        return new MediaFile(
                found.path(),
                found.size(),
                found.modified(),
                found.inode(),
                last.filter(found::isLike).flatMap(MediaFile::blob),
                true,
                MediaFile.Said.NOTHING);
    }
}
