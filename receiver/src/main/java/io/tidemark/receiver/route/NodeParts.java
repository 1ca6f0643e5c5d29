package io.tidemark.receiver.route;

import io.tidemark.alarm.Alarms;
import io.tidemark.crash.CrashPoints;
import io.tidemark.database.Database;
import io.tidemark.progress.Progress;
import io.tidemark.receiver.archive.Archive;
import io.tidemark.receiver.inbox.BlobStores;
import io.tidemark.receiver.inbox.BundleVerifier;
import io.tidemark.receiver.inbox.Inbox;
import io.tidemark.receiver.inbox.Incoming;
import io.tidemark.receiver.inbox.Quarantine;
import io.tidemark.receiver.inbox.VolumeImporter;
import io.tidemark.receiver.load.CompleteLoader;
import io.tidemark.receiver.load.LoadOptions;
import io.tidemark.receiver.load.partial.PartialLoader;
import io.tidemark.receiver.media.MediaHistory;
import io.tidemark.receiver.postprocess.PostProcessing;
import io.tidemark.receiver.postprocess.StepLedger;
import io.tidemark.receiver.retention.Expiry;
import io.tidemark.receiver.retention.StoredBundles;
import io.tidemark.receiver.settings.ReceiverSettings;
import io.tidemark.receiver.status.ReceiptFolder;
import java.time.Clock;
import java.time.Duration;

/**
 * Makes a receiver's steps from its settings.
 *
 * @param alarms where a service tells what a person should know; a command tells nobody
 * @param verifier and {@code memory} last as long as the node
 */
record NodeParts(
        ReceiverSettings settings,
        Clock clock,
        Progress progress,
        CrashPoints crashPoints,
        Alarms alarms,
        BundleVerifier verifier,
        Memory memory) {
    /** A lock on the replica that lasts longer is met by trying again. */
    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(10);

    static NodeParts of(
            ReceiverSettings settings, Clock clock, Progress progress, CrashPoints crashPoints, Alarms alarms) {
        BundleVerifier verifier = new BundleVerifier(new BlobStores(settings.archiveFolder()));
        return new NodeParts(settings, clock, progress, crashPoints, alarms, verifier, new Memory(clock));
    }

    Intake intake() {
        Inbox inbox = new Inbox(settings.inboxFolder());
        return new Intake(
                inbox,
                new VolumeImporter(
                        inbox,
                        incoming(),
                        new BlobStores(settings.archiveFolder()),
                        quarantine(),
                        any -> true,
                        clock,
                        crashPoints),
                progress,
                alarms);
    }

    PostStage postStage() {
        Database database = settings.database().database(LOCK_TIMEOUT);
        StepLedger ledger = new StepLedger(database);
        PostProcessing processing = new PostProcessing(
                settings.post(), ledger, database, settings.workFolder().resolve("post"), clock);
        return new PostStage(settings.post(), ledger, processing, alarms);
    }

    /** @param beforeLoad is run before each load, and keeps it from beginning where it throws */
    BundleLoading loading(boolean acceptRowDrop, Runnable beforeLoad) {
        Archive archive = new Archive(settings.archiveFolder());
        LoadOptions options = new LoadOptions(
                settings.load().workers(),
                settings.load().adopt()::matches,
                settings.load().rowDrop(),
                acceptRowDrop);
        Database database = settings.database().database(LOCK_TIMEOUT);
        MediaHistory history = new MediaHistory(archive, settings.workFolder().resolve("media"));
        PartialLoader partials = new PartialLoader(database, clock, crashPoints);
        MediaStage media =
                new MediaStage(settings.mediaFolder(), settings.mediaPlace(), history, crashPoints, progress);
        CompleteLoader completes = new CompleteLoader(database, options, progress, clock, crashPoints);
        BundleStep step = new BundleStep(
                incoming(),
                verifier,
                quarantine(),
                archive,
                new CompleteStep(archive, completes, partials, media, crashPoints),
                partials,
                media,
                history,
                new ReceiptFolder(settings.receiptsFolder()),
                memory,
                crashPoints);
        return new BundleLoading(database, step, beforeLoad);
    }

    Expiry expiry() {
        Archive archive = new Archive(settings.archiveFolder());
        return new Expiry(
                settings.lifetimes(),
                archive,
                new StoredBundles(archive, settings.database().database(LOCK_TIMEOUT)),
                incoming(),
                quarantine(),
                new ReceiptFolder(settings.receiptsFolder()),
                settings.workFolder(),
                clock,
                crashPoints);
    }

    private Incoming incoming() {
        return new Incoming(settings.incomingFolder());
    }

    private Quarantine quarantine() {
        return new Quarantine(settings.quarantineFolder(), crashPoints);
    }
}
