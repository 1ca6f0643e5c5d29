package io.tidemark.receiver.route;

import io.tidemark.blob.DamagedBlobException;
import io.tidemark.bundle.Manifest;
import io.tidemark.crash.CrashPoints;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.progress.Progress;
import io.tidemark.receiver.inbox.VerifiedBundle;
import io.tidemark.receiver.media.MediaHistory;
import io.tidemark.receiver.media.MediaPlacer;
import io.tidemark.receiver.media.MediaResult;
import io.tidemark.receiver.media.MediaWork;
import io.tidemark.receiver.settings.MediaPlace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the media of a bundle to the media folder, before and after its rows. */
final class MediaStage {
    private static final Logger LOG = LoggerFactory.getLogger(MediaStage.class);

    private static final MediaResult NOTHING = new MediaResult(0, 0, 0, 0, 0, List.of());

    private final Optional<Path> folder;
    private final MediaPlace how;
    private final MediaHistory history;
    private final CrashPoints crashPoints;
    private final Progress progress;

    /** @param folder nothing is placed without it */
    MediaStage(
            Optional<Path> folder, MediaPlace how, MediaHistory history, CrashPoints crashPoints, Progress progress) {
        this.folder = folder;
        this.how = how;
        this.history = history;
        this.crashPoints = crashPoints;
        this.progress = progress;
    }

    /**
     * What the first phase did; empty where there is nothing to manage.
     *
     * @param work to be used for the second phase
     */
    record Placed(Optional<MediaWork> work, MediaResult result) {}

    /** Of a complete: what later partials have said of a path stands. */
    Placed place(VerifiedBundle bundle) throws IOException {
        Manifest.Media media = bundle.manifest().media();
        if (folder.isEmpty() || !media.managed()) {
            return withoutFolder(bundle);
        }
        return place(bundle, () -> placer(bundle).complete(history, bundle));
    }

    /**
     * Of a partial that is to be loaded, or whose load was cut off.
     *
     * @param seen the highest sequence that the last complete has seen the media of
     */
    Placed placePartial(VerifiedBundle bundle, long seen) throws IOException {
        Manifest manifest = bundle.manifest();
        if (!manifest.listsMedia() || manifest.sequence() <= seen || history.isDone(bundle.id())) {
            return new Placed(Optional.empty(), NOTHING);
        }
        return folder.isEmpty()
                ? withoutFolder(bundle)
                : place(bundle, () -> placer(bundle).partial(history, bundle));
    }

    private static Placed withoutFolder(VerifiedBundle bundle) {
        MediaResult nothing = MediaResult.withoutFolder(bundle.manifest().media());
        nothing.notes().forEach(note -> LOG.warn("bundle {}: {}", bundle.id(), note));
        return new Placed(Optional.empty(), nothing);
    }

    private MediaPlacer placer(VerifiedBundle bundle) {
        return new MediaPlacer(folder.orElseThrow(), bundle.blobs(), how, crashPoints, progress);
    }

    /** Finds out what there is to do. */
    private interface Preparation {
        MediaWork work() throws IOException;
    }

    private static Placed place(VerifiedBundle bundle, Preparation preparation) throws IOException {
        MediaWork work = preparation.work();
        return new Placed(Optional.of(work), doing(bundle, work::place));
    }

    void removeGone(VerifiedBundle bundle, Placed placed) {
        if (placed.work().isPresent()) {
            MediaWork work = placed.work().get();
            MediaResult result = doing(bundle, () -> work.removeGone(placed.result()));
            LOG.info(
                    "bundle {}: media: {} placed ({} bytes), {} unchanged, {} removed",
                    bundle.id(),
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
}
