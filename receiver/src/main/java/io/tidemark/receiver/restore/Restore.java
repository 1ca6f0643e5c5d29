package io.tidemark.receiver.restore;

import io.tidemark.bundle.BundleId;
import io.tidemark.crash.CrashPoints;
import io.tidemark.database.Database;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.file.DurableFiles;
import io.tidemark.progress.Progress;
import io.tidemark.receiver.archive.Archive;
import io.tidemark.receiver.archive.BundleUse;
import io.tidemark.receiver.inbox.BlobStores;
import io.tidemark.receiver.inbox.BundleFolder;
import io.tidemark.receiver.inbox.BundleVerifier;
import io.tidemark.receiver.inbox.Verification;
import io.tidemark.receiver.inbox.VerifiedBundle;
import io.tidemark.receiver.load.CompleteLoader;
import io.tidemark.receiver.load.LoadOptions;
import io.tidemark.receiver.load.LoadResult;
import io.tidemark.receiver.load.partial.ArchivedPartials;
import io.tidemark.receiver.load.partial.PartialLoader;
import io.tidemark.receiver.media.MediaHistory;
import io.tidemark.receiver.media.MediaPlacer;
import io.tidemark.receiver.media.MediaResult;
import io.tidemark.receiver.settings.MediaPlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings what the primary held at a bundle of the archive into an empty database and an empty folder. The replica is not touched. */
public final class Restore {
    private static final Logger LOG = LoggerFactory.getLogger(Restore.class);

    private final Archive archive;
    private final BundleVerifier verifier;
    private final Path scratch;
    private final LoadOptions options;
    private final Progress progress;
    private final Clock clock;

    /** @param scratch a folder of our own; what lies in it is removed */
    public Restore(Path archiveFolder, Path scratch, LoadOptions options, Progress progress, Clock clock) {
        this.archive = new Archive(archiveFolder);
        this.verifier = new BundleVerifier(new BlobStores(archiveFolder));
        this.scratch = scratch;
        this.options = options;
        this.progress = progress;
        this.clock = clock;
    }

    /**
     * What was restored.
     *
     * @param complete that it began with
     * @param partials that were applied after it
     * @param rows that the complete brought
     * @param files of media that were placed
     */
    public record Restored(BundleId bundle, BundleId complete, int partials, long rows, long files) {}

    /**
     * @param database empty
     * @param media missing or empty; where absent media are left out
     * @throws TidemarkException where the target is not empty, or the archive does not lead there whole
     */
    public Restored restore(BundleId bundle, Database database, Optional<Path> media) throws IOException {
        try (BundleUse use = BundleUse.readingAll(archive, bundle.source())) {
            LOG.debug("restoring under {}", use);
            RestorePlan plan = RestorePlan.of(archive, bundle);
            for (BundleId each : plan.all()) {
                verified(each);
            }
            if (media.isPresent()) {
                requireEmpty(media.get());
            }
            EmptyTarget target = new EmptyTarget(database);
            target.require();
            DurableFiles.deleteTree(scratch);
            Files.createDirectories(scratch);
            return restore(plan, database, target, media);
        } finally {
            DurableFiles.deleteTree(scratch);
        }
    }

    private Restored restore(RestorePlan plan, Database database, EmptyTarget target, Optional<Path> media)
            throws IOException {
        VerifiedBundle complete = verified(plan.complete());
        CompleteLoader completes = new CompleteLoader(database, options, progress, clock, CrashPoints.none());
        LoadResult loaded =
                completes.load(complete, clock.instant(), name -> Optional.empty(), ArchivedPartials.none());
        PartialLoader partials = new PartialLoader(database, clock, CrashPoints.none());
        for (BundleId id : plan.partials()) {
            VerifiedBundle partial = verified(id);
            partials.check(partial.manifest());
            partials.load(partial, clock.instant());
        }
        completes.analyze(complete.manifest(), loaded);
        target.finish(!plan.partials().isEmpty());
        long files = media.isPresent() ? place(plan, complete, media.get()) : 0;
        return new Restored(plan.last(), complete.id(), plan.partials().size(), loaded.inserted(), files);
    }

    private long place(RestorePlan plan, VerifiedBundle complete, Path folder) throws IOException {
        MediaHistory history = new MediaHistory(archive, scratch);
        MediaPlacer placer = new MediaPlacer(folder, complete.blobs(), MediaPlace.COPY, CrashPoints.none(), progress);
        MediaResult placed = placer.place(history.at(complete, plan.last().sequence()));
        return placed.placed();
    }

    /** All are, before the first is loaded, and each once more when its turn has come, so that none has to be kept. */
    private VerifiedBundle verified(BundleId id) throws IOException {
        BundleFolder folder = archive.require(id);
        Verification verification = verifier.verify(id, folder);
        if (verification instanceof VerifiedBundle whole) {
            return whole;
        }
        throw new TidemarkException(
                FailureCode.REFUSED,
                "bundle " + id + " of the archive is not whole: " + verification,
                "tidemark-receiver verify " + id.sequence() + " names all that is wrong; take another bundle");
    }

    private static void requireEmpty(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> content = Files.list(folder)) {
            if (content.findAny().isPresent()) {
                throw new TidemarkException(
                        FailureCode.USAGE, "--media: folder " + folder + " is not empty", "name a new one");
            }
        }
    }
}
