package io.tidemark.sender.capture;

import io.tidemark.Version;
import io.tidemark.blob.BlobId;
import io.tidemark.blob.EncodedBlob;
import io.tidemark.blob.SpilledBlob;
import io.tidemark.bundle.BundleId;
import io.tidemark.bundle.BundleKind;
import io.tidemark.bundle.EntryName;
import io.tidemark.bundle.Manifest;
import io.tidemark.bundle.MediaRecord;
import io.tidemark.bundle.RecordWriter;
import io.tidemark.bundle.VolumeName;
import io.tidemark.crash.CrashPoints;
import io.tidemark.database.Database;
import io.tidemark.file.DurableFiles;
import io.tidemark.progress.Progress;
import io.tidemark.sender.media.ContentSink;
import io.tidemark.sender.media.MediaCapture;
import io.tidemark.sender.media.MediaSummary;
import io.tidemark.sender.outbox.BlobLedger;
import io.tidemark.sender.outbox.LastVolume;
import io.tidemark.sender.outbox.Outbox;
import io.tidemark.sender.outbox.VolumePacker;
import io.tidemark.sender.state.Sealed;
import io.tidemark.sender.state.SenderState;
import io.tidemark.sender.state.SentBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes a complete in the outbox: rows first, then media, so that the files of all rows exist, then the last volume, which commits it.
 * Volumes leave while it is still being made. A bundle that cannot be finished is given up; what of it was pushed counts for the next.
 */
public final class CompleteBundle {
    private final Target target;
    private final Database database;
    private final CaptureOptions options;
    private final Outbox outbox;
    private final SenderState state;
    private final Clock clock;
    private final Progress progress;
    private final CrashPoints crashPoints;

    public CompleteBundle(
            Target target,
            Database database,
            CaptureOptions options,
            Outbox outbox,
            SenderState state,
            Clock clock,
            Progress progress,
            CrashPoints crashPoints) {
        this.target = target;
        this.database = database;
        this.options = options;
        this.outbox = outbox;
        this.state = state;
        this.clock = clock;
        this.progress = progress;
        this.crashPoints = crashPoints;
    }

    /**
     * What is made, where.
     *
     * @param media the media folder; empty where the source has none
     * @param scratch a private folder, emptied before and after
     * @param volumeSize bytes at which a volume is full
     * @param patience how long a full outbox may stand still
     */
    public record Target(String source, Optional<Path> media, Path scratch, long volumeSize, Duration patience) {}

    /** @return the bundle, durable and whole in the outbox (or pushed already) */
    public BundleId make(String label) {
        long from = System.nanoTime();
        Optional<String> previous = state.lastSealed().flatMap(SentBundle::manifest);
        BundleId bundle = state.begin(target.source(), BundleKind.COMPLETE, clock.instant(), label);
        boolean sealed = false;
        try (VolumePacker packer = packer(bundle)) {
            Path folder = emptyScratch();
            Captured captured = captureRows(packer, folder, bundle);
            Path mediaList = folder.resolve(EntryName.MEDIA);
            MediaSummary media = captureMedia(packer, folder, mediaList);
            crashPoints.pass(CaptureStep.MEDIA_WALKED);
            List<Manifest.Volume> volumes = packer.finishBlobs();
            Manifest manifest = manifest(bundle, label, previous, captured, media, volumes);
            LastVolume last = lastVolume(bundle, captured.files(), mediaList);
            LastVolume.Written written = last.write(manifest);
            crashPoints.pass(CaptureStep.MANIFEST_WRITTEN);
            long bytes = written.bytes()
                    + volumes.stream().mapToLong(Manifest.Volume::size).sum();
            Duration took = Duration.ofNanos(System.nanoTime() - from);
            state.seal(
                    bundle,
                    new Sealed(
                            written.sha256(), previous, bytes, captured.parts().rows(), took));
            sealed = true;
            crashPoints.pass(CaptureStep.BUNDLE_SEALED);
            last.commit();
            emptyScratch();
            return bundle;
        } catch (IOException failure) {
            throw CopyWorkers.diskFailure(failure);
        } finally {
            if (!sealed) {
                state.giveUp(bundle);
                outbox.discardUnfinished(bundle);
            }
        }
    }

    private Captured captureRows(VolumePacker packer, Path folder, BundleId bundle) {
        AtomicInteger spills = new AtomicInteger();
        return new CompleteCapture(
                        database, options, () -> new PackingSink(packer, folder, spills), progress, crashPoints)
                .capture(folder, bundle.name());
    }

    private MediaSummary captureMedia(VolumePacker packer, Path folder, Path list) throws IOException {
        if (target.media().isEmpty()) {
            RecordWriter.create(list, MediaRecord.class).close();
            return new MediaSummary(0, 0, 0, List.of());
        }
        return new MediaCapture(target.media().get(), folder.resolve("media"), state.media(), clock, progress)
                .capture(mediaSink(packer), list);
    }

    private ContentSink mediaSink(VolumePacker packer) {
        return new ContentSink() {
            @Override
            public boolean known(BlobId blob) {
                return state.known(blob);
            }

            @Override
            public boolean claim(BlobId blob) {
                return packer.claim(blob);
            }

            @Override
            public void add(EncodedBlob blob) {
                packer.add(blob);
            }

            @Override
            public void add(SpilledBlob blob) {
                packer.add(blob);
            }
        };
    }

    private Manifest manifest(
            BundleId bundle,
            String label,
            Optional<String> previous,
            Captured captured,
            MediaSummary media,
            List<Manifest.Volume> volumes) {
        List<Manifest.LeftOut> leftOut = new ArrayList<>(captured.leftOut());
        leftOut.addAll(media.leftOut());
        return new Manifest(
                Manifest.FORMAT,
                "tidemark " + Version.current(),
                bundle.source(),
                bundle.sequence(),
                bundle.kind(),
                label,
                bundle.created(),
                captured.identity(),
                captured.position(),
                previous.orElse(null),
                captured.server(),
                captured.tables(),
                captured.sequences(),
                captured.parts(),
                target.media().isPresent() ? media.totals() : new Manifest.Media(false, 0, 0),
                volumes,
                List.of(),
                leftOut);
    }

    private LastVolume lastVolume(BundleId bundle, Captured.Files files, Path mediaList) {
        return new LastVolume(bundle, outbox, crashPoints)
                .add(EntryName.RESTORE_SQL, files.restore())
                .add(EntryName.PRE_DATA, files.preData())
                .add(EntryName.POST_DATA, files.postData())
                .add(EntryName.PARTS, files.parts())
                .add(EntryName.MEDIA, mediaList);
    }

    private VolumePacker packer(BundleId bundle) {
        BlobLedger ledger = new BlobLedger() {
            @Override
            public boolean claim(BlobId blob) {
                return state.claim(blob, bundle.sequence());
            }

            @Override
            public void noteVolume(VolumeName volume, List<BlobId> contents) {
                state.noteVolume(volume, contents);
            }
        };
        return new VolumePacker(bundle, outbox, target.volumeSize(), target.patience(), ledger, crashPoints);
    }

    private Path emptyScratch() throws IOException {
        if (Files.exists(target.scratch())) {
            DurableFiles.deleteTree(target.scratch());
        }
        return Files.createDirectories(target.scratch());
    }
}
