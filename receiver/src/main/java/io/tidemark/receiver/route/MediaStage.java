package io.tidemark.receiver.route;

import io.tidemark.blob.DamagedBlobException;
import io.tidemark.bundle.BundleId;
import io.tidemark.bundle.BundleKind;
import io.tidemark.bundle.EntryName;
import io.tidemark.crash.CrashPoints;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
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
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the media of a bundle to the media folder, before and after its rows. */
final class MediaStage {
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
                bundle.folder().resolve(EntryName.MEDIA),
                bundle.manifest().media().files());
        if (folder.isEmpty() || !bundle.manifest().media().managed()) {
            MediaResult nothing = MediaResult.withoutFolder(bundle.manifest().media());
            nothing.notes().forEach(note -> LOG.warn("bundle {}: {}", bundle.id(), note));
            return new Placed(Optional.empty(), lists, nothing);
        }
        MediaPlacer placer = new MediaPlacer(folder.get(), bundle.blobs(), how, crashPoints, progress);
        return new Placed(Optional.of(placer), lists, doing(bundle, () -> placer.place(lists)));
    }

    void removeGone(VerifiedBundle bundle, Placed placed) {
        if (placed.placer().isPresent()) {
            MediaPlacer placer = placed.placer().get();
            MediaResult result = doing(bundle, () -> placer.removeGone(placed.lists(), placed.result()));
            LOG.info(
                    "media: {} placed ({} bytes), {} unchanged, {} removed",
                    result.placed(),
                    result.bytes(),
                    result.unchanged(),
                    result.removed());
        }
    }

    /** A phase of the placing. */
    private interface Phase {
        MediaResult run() throws IOException;
    }

    /** A content that is not what its name says is thrown away: the next check misses it, and the sender sends it again. */
    private static MediaResult doing(VerifiedBundle bundle, Phase phase) {
        try {
            return phase.run();
        } catch (DamagedBlobException damaged) {
            throw damaged(bundle, damaged);
        } catch (IOException failure) {
            boolean full = String.valueOf(failure.getMessage()).contains("No space left");
            throw new TidemarkException(
                    full ? FailureCode.DISK_FULL : FailureCode.FAILED,
                    "placing media of bundle " + bundle.id() + ": " + failure.getMessage(),
                    full
                            ? "make room on the disk of media.folder; the load is repeated"
                            : "let the receiver's user write in media.folder; the load is repeated",
                    failure);
        }
    }

    private static TidemarkException damaged(VerifiedBundle bundle, DamagedBlobException damaged) {
        try {
            bundle.blobs().remove(damaged.blob());
        } catch (IOException failure) {
            damaged.addSuppressed(failure);
        }
        return new TidemarkException(
                FailureCode.HELD,
                "placing media of bundle " + bundle.id() + ": " + damaged.reason(),
                "the sender is asked for it again; media.place=copy keeps the archive apart from what is written in media.folder",
                damaged);
    }

    /** The list of the newest bundle before this one in the archive that manages media: those without have an empty one. */
    private Optional<Path> previous(BundleId bundle) throws IOException {
        List<BundleId> newestFirst = archive.bundles().stream()
                .filter(id -> id.source().equals(bundle.source())
                        && id.kind() == BundleKind.COMPLETE
                        && id.sequence() < bundle.sequence())
                .sorted(Comparator.reverseOrder())
                .toList();
        for (BundleId id : newestFirst) {
            if (managesMedia(id)) {
                return Optional.of(archive.path(id).resolve(EntryName.MEDIA));
            }
        }
        return Optional.empty();
    }

    private boolean managesMedia(BundleId id) throws IOException {
        try {
            return archive.require(id).manifest().media().managed();
        } catch (TidemarkException damaged) {
            LOG.warn("{}", damaged.text());
            return false;
        }
    }
}
