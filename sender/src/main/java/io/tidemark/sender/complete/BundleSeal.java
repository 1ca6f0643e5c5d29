package io.tidemark.sender.complete;

import io.tidemark.Version;
import io.tidemark.bundle.BundleId;
import io.tidemark.bundle.EntryName;
import io.tidemark.bundle.Manifest;
import io.tidemark.crash.CrashPoints;
import io.tidemark.sender.capture.CaptureStep;
import io.tidemark.sender.capture.Captured;
import io.tidemark.sender.complete.BundleContents.Contents;
import io.tidemark.sender.outbox.LastVolume;
import io.tidemark.sender.outbox.Outbox;
import io.tidemark.sender.state.Sealed;
import io.tidemark.sender.state.SenderState;
import io.tidemark.sender.state.SentBundle;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Writes a bundle's manifest and with it makes the bundle whole. */
final class BundleSeal {
    private final BundleId bundle;
    private final String label;
    private final Outbox outbox;
    private final SenderState state;
    private final Clock clock;
    private final Instant started;
    private final CrashPoints crashPoints;

    BundleSeal(
            BundleId bundle,
            String label,
            Outbox outbox,
            SenderState state,
            Clock clock,
            Instant started,
            CrashPoints crashPoints) {
        this.bundle = bundle;
        this.label = label;
        this.outbox = outbox;
        this.state = state;
        this.clock = clock;
        this.started = started;
        this.crashPoints = crashPoints;
    }

    /** The state hears of it first: a bundle that the outbox holds and the state does not know would lose its contents' names. */
    void commit(Contents contents, List<Manifest.Volume> volumes) {
        Captured.Files files = contents.database().files();
        LastVolume last = new LastVolume(bundle, outbox, crashPoints)
                .add(EntryName.RESTORE_SQL, files.restore())
                .add(EntryName.PRE_DATA, files.preData())
                .add(EntryName.POST_DATA, files.postData())
                .add(EntryName.PARTS, files.parts())
                .add(EntryName.MEDIA, contents.mediaList());
        Optional<String> previous = state.lastSealed().flatMap(SentBundle::manifest);
        LastVolume.Written written = last.write(manifest(contents, volumes, previous));
        crashPoints.pass(CaptureStep.MANIFEST_WRITTEN);
        long bytes = written.bytes()
                + volumes.stream().mapToLong(Manifest.Volume::size).sum();
        Duration taken = Duration.between(started, clock.instant());
        state.seal(
                bundle,
                new Sealed(
                        written.sha256(),
                        previous,
                        bytes,
                        contents.database().parts().rows(),
                        taken));
        CompleteMedia.sealed(state, contents.media());
        crashPoints.pass(CaptureStep.BUNDLE_SEALED);
        last.commit();
    }

    private Manifest manifest(Contents contents, List<Manifest.Volume> volumes, Optional<String> previous) {
        Captured database = contents.database();
        return new Manifest(
                Manifest.FORMAT,
                "tidemark-sender " + Version.current(),
                bundle.source(),
                bundle.sequence(),
                bundle.kind(),
                label,
                bundle.created(),
                database.identity(),
                database.position(),
                previous.orElse(null),
                null,
                database.server(),
                database.tables(),
                database.sequences(),
                database.parts(),
                contents.media(),
                volumes,
                List.of(),
                contents.leftOut());
    }
}
