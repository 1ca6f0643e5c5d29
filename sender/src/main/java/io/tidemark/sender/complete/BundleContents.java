package io.tidemark.sender.complete;

import io.tidemark.bundle.BundleId;
import io.tidemark.bundle.Manifest;
import io.tidemark.crash.CrashPoints;
import io.tidemark.database.Database;
import io.tidemark.progress.Progress;
import io.tidemark.sender.capture.CaptureOptions;
import io.tidemark.sender.capture.CaptureStep;
import io.tidemark.sender.capture.Captured;
import io.tidemark.sender.capture.CompleteCapture;
import io.tidemark.sender.capture.EarlierParts;
import io.tidemark.sender.capture.PgDumpPrograms;
import io.tidemark.sender.outbox.VolumePacker;
import io.tidemark.sender.settings.SenderSettings;
import io.tidemark.sender.state.Chain;
import io.tidemark.sender.state.SenderState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Captures the database, then the media, so that the files that rows name are there. */
final class BundleContents {
    private final SenderSettings settings;
    private final SenderState state;
    private final Clock clock;
    private final Progress progress;
    private final CrashPoints crashPoints;

    BundleContents(
            SenderSettings settings, SenderState state, Clock clock, Progress progress, CrashPoints crashPoints) {
        this.settings = settings;
        this.state = state;
        this.clock = clock;
        this.progress = progress;
        this.crashPoints = crashPoints;
    }

    /**
     * What was captured.
     *
     * @param mediaList {@code media.jsonl.zst}
     */
    record Contents(Captured database, Manifest.Media media, Path mediaList, List<Manifest.LeftOut> leftOut) {}

    /** @param folder a private folder */
    Contents capture(BundleId bundle, VolumePacker packer, Path folder, Runnable receiptsRead) throws IOException {
        Captured database;
        try (PartPackers sinks = new PartPackers(packer, folder)) {
            EarlierParts earlier = new RememberedParts(
                    state.parts(), receiptsRead, settings.complete().readAll(), clock);
            Database source = settings.database().database(settings.lockTimeout());
            database = new CompleteCapture(source, options(source), sinks::next, earlier, progress, crashPoints)
                    .capture(folder, bundle.name());
        }
        List<Manifest.LeftOut> leftOut = new ArrayList<>(database.leftOut());
        Path list = folder.resolve("media.jsonl.zst");
        receiptsRead.run();
        Manifest.Media media = new CompleteMedia(settings, state, clock, progress)
                .capture(packer, folder, list, database.position().lsn(), leftOut);
        crashPoints.pass(CaptureStep.MEDIA_WALKED);
        return new Contents(database, media, list, leftOut);
    }

    private CaptureOptions options(Database source) {
        return new CaptureOptions(
                settings.tables(),
                settings.complete().format(),
                settings.complete().workers(),
                settings.ddl().owners(),
                settings.ddl().grants(),
                PgDumpPrograms.forServer(settings.pgDump(), source).path(),
                state.chain().chain().filter(Chain::byWatermark).isPresent());
    }
}
