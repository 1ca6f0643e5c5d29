package io.tidemark.receiver.route;

import io.tidemark.bundle.BundleId;
import io.tidemark.crash.CrashPoints;
import io.tidemark.progress.Progress;
import io.tidemark.receiver.archive.Archive;
import io.tidemark.receiver.inbox.VerifiedBundle;
import io.tidemark.receiver.media.MediaLists;
import io.tidemark.receiver.media.MediaPlacer;
import io.tidemark.receiver.media.MediaResult;
import io.tidemark.receiver.settings.MediaPlace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the media of a bundle to the media folder, before and after its rows. */
final class MediaStage {
    private static final String LIST = "media.jsonl.zst";
    private static final Logger LOG = LoggerFactory.getLogger(MediaStage.class);

    private final Optional<Path> folder;
    private final MediaPlace how;
    private final Archive archive;
    private final CrashPoints crashPoints;
    private final Progress progress;

    /** @param folder nothing is placed without it */
    MediaStage(Optional<Path> folder, MediaPlace how, Archive archive, CrashPoints crashPoints, Progress progress) {
        this.folder = folder;
        this.how = how;
        this.archive = archive;
        this.crashPoints = crashPoints;
        this.progress = progress;
    }

    /** What the first phase did; empty where there is nothing to manage. */
    record Placed(Optional<MediaPlacer> placer, MediaLists lists, MediaResult result) {}

    Placed place(VerifiedBundle bundle) throws IOException {
        MediaLists lists = new MediaLists(
                previous(bundle.id()),
                bundle.folder().resolve(LIST),
                bundle.manifest().media().files());
        if (folder.isEmpty() || !bundle.manifest().media().managed()) {
            MediaResult nothing = MediaResult.withoutFolder(bundle.manifest().media());
            nothing.notes().forEach(note -> LOG.warn("bundle {}: {}", bundle.id(), note));
            return new Placed(Optional.empty(), lists, nothing);
        }
        MediaPlacer placer = new MediaPlacer(folder.get(), bundle.blobs(), how, crashPoints, progress);
        return new Placed(Optional.of(placer), lists, placer.place(lists));
    }

    void removeGone(Placed placed) throws IOException {
        if (placed.placer().isPresent()) {
            MediaResult result = placed.placer().get().removeGone(placed.lists(), placed.result());
            LOG.info(
                    "media: {} placed ({} bytes), {} unchanged, {} removed",
                    result.placed(),
                    result.bytes(),
                    result.unchanged(),
                    result.removed());
        }
    }

    /** The list of the newest bundle before this one in the archive, where it manages media. */
    private Optional<Path> previous(BundleId bundle) throws IOException {
        Optional<BundleId> before = archive.bundles().stream()
                .filter(id -> id.source().equals(bundle.source()) && id.sequence() < bundle.sequence())
                .max(Comparator.naturalOrder());
        return before.map(id -> archive.path(id).resolve(LIST));
    }
}
