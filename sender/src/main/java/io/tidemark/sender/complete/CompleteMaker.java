package io.tidemark.sender.complete;

import io.tidemark.bundle.BundleId;
import io.tidemark.bundle.BundleKind;
import io.tidemark.crash.CrashPoints;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.file.DurableFiles;
import io.tidemark.logging.LogScope;
import io.tidemark.progress.Progress;
import io.tidemark.sender.outbox.Outbox;
import io.tidemark.sender.outbox.VolumePacker;
import io.tidemark.sender.settings.SenderSettings;
import io.tidemark.sender.state.SenderState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes one complete bundle in the outbox: numbers it, captures database and media into volumes, and seals it by its manifest. */
public final class CompleteMaker {
    private static final Logger LOG = LoggerFactory.getLogger(CompleteMaker.class);
    private static final int ATTEMPTS = 3;

    private final SenderSettings settings;
    private final Outbox outbox;
    private final SenderState state;
    private final Clock clock;
    private final Progress progress;
    private final CrashPoints crashPoints;

    public CompleteMaker(
            SenderSettings settings,
            Outbox outbox,
            SenderState state,
            Clock clock,
            Progress progress,
            CrashPoints crashPoints) {
        this.settings = settings;
        this.outbox = outbox;
        this.state = state;
        this.clock = clock;
        this.progress = progress;
        this.crashPoints = crashPoints;
    }

    /**
     * To be called by one process at a time. A bundle that cannot be finished is given up: its number is not used again. Where the database
     * was at fault, or definitions moved, another is begun: what an interrupted capture has packed has gaps that nobody can fill.
     *
     * @param label scheduled, manual, pre-deploy …
     * @param receiptsRead returns once the state has learnt what the receiver says
     */
    public BundleId make(String label, Runnable receiptsRead) {
        for (int attempt = 1; ; attempt++) {
            try {
                return attempt(label, receiptsRead);
            } catch (TidemarkException failure) {
                if (attempt == ATTEMPTS || failure.code() != FailureCode.DATABASE) {
                    throw failure;
                }
                LOG.warn("{}; capturing again, as another bundle", failure.getMessage());
            }
        }
    }

    private BundleId attempt(String label, Runnable receiptsRead) {
        Path folder = settings.workFolder().resolve("capture");
        try {
            DurableFiles.deleteTree(folder);
            Files.createDirectories(folder);
            outbox.discardParts(BundleKind.COMPLETE);
            Instant started = clock.instant();
            CompleteRoom.of(settings, state.bundles(), started).ifPresent(CompleteRoom::check);
            BundleId bundle = state.begin(settings.source(), BundleKind.COMPLETE, started, label);
            LogScope.aboutBundle(bundle, () -> {
                make(bundle, label, started, folder, receiptsRead);
                return bundle;
            });
            DurableFiles.deleteTree(folder);
            return bundle;
        } catch (IOException failure) {
            throw disk(folder, failure);
        }
    }

    private void make(BundleId bundle, String label, Instant started, Path folder, Runnable receiptsRead)
            throws IOException {
        boolean sealed = false;
        try (VolumePacker packer = new VolumePacker(
                bundle,
                outbox,
                settings.outbox().volumeSize(),
                settings.outbox().patience(),
                new StateLedger(state, bundle, receiptsRead),
                crashPoints)) {
            BundleContents contents = new BundleContents(settings, state, clock, progress, crashPoints);
            BundleSeal seal = new BundleSeal(bundle, label, outbox, state, clock, started, crashPoints);
            seal.commit(contents.capture(bundle, packer, folder, receiptsRead), packer.finishBlobs());
            sealed = true;
        } finally {
            if (!sealed) {
                outbox.discardUnfinished(bundle);
                state.giveUp(bundle);
            }
        }
    }

    private static TidemarkException disk(Path folder, IOException failure) {
        String text = String.valueOf(failure.getMessage());
        return text.contains("space left") || text.contains("quota")
                ? new TidemarkException(
                        FailureCode.DISK_FULL,
                        "no room is left in " + folder,
                        "make room; the step can be repeated",
                        failure)
                : new TidemarkException(
                        FailureCode.FAILED,
                        "cannot make a complete in " + folder + ": " + failure,
                        "check that work.folder belongs to the sender's user, and that media.folder can be read",
                        failure);
    }
}
