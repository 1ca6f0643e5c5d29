package io.tidemark.sender.partial;

import io.tidemark.Version;
import io.tidemark.bundle.BundleId;
import io.tidemark.bundle.EntryName;
import io.tidemark.bundle.Manifest;
import io.tidemark.crash.CrashPoints;
import io.tidemark.logging.LogScope;
import io.tidemark.position.Lsn;
import io.tidemark.position.Position;
import io.tidemark.sender.capture.SourceServer;
import io.tidemark.sender.media.MediaLook;
import io.tidemark.sender.outbox.LastVolume;
import io.tidemark.sender.outbox.Outbox;
import io.tidemark.sender.settings.SenderSettings;
import io.tidemark.sender.state.Chain;
import io.tidemark.sender.state.Sealed;
import io.tidemark.sender.state.SenderState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Makes a partial of change files and media: its volumes in the outbox, and the chain moved to its end. */
final class PartialSeal {
    private final SenderSettings settings;
    private final Outbox outbox;
    private final SenderState state;
    private final Clock clock;
    private final CrashPoints crashPoints;

    PartialSeal(SenderSettings settings, Outbox outbox, SenderState state, Clock clock, CrashPoints crashPoints) {
        this.settings = settings;
        this.outbox = outbox;
        this.state = state;
        this.clock = clock;
        this.crashPoints = crashPoints;
    }

    /**
     * Where a partial ends.
     *
     * @param marks that hold with it, in watermark mode
     */
    record End(Position position, Manifest.Mode mode, Optional<String> marks) {
        Lsn lsn() {
            return position.lsn();
        }
    }

    /** To be closed; it is given up unless it was committed. */
    PartialContents open(String label) {
        return new PartialContents(settings, outbox, state, clock, crashPoints, label);
    }

    /** @param started when its making began */
    BundleId commit(
            PartialContents contents,
            ChangeFolder files,
            MediaLook.Found media,
            Chain chain,
            End end,
            SourceServer server,
            String label,
            Instant started) {
        return LogScope.aboutBundle(
                contents.bundle(), () -> seal(contents, files, media, chain, end, server, label, started));
    }

    private BundleId seal(
            PartialContents contents,
            ChangeFolder files,
            MediaLook.Found media,
            Chain chain,
            End end,
            SourceServer server,
            String label,
            Instant started) {
        BundleId bundle = contents.bundle();
        List<Manifest.Volume> volumes = contents.finish();
        crashPoints.pass(PartialStep.CONTENTS_PACKED);
        LastVolume last = new LastVolume(bundle, outbox, crashPoints);
        files.files().forEach(last::add);
        media.list().ifPresent(list -> last.add(EntryName.MEDIA, list));
        LastVolume.Written written =
                last.write(manifest(bundle, files, media.totals(), volumes, chain, end, server, label));
        crashPoints.pass(PartialStep.PARTIAL_WRITTEN);
        Sealed sealed = new Sealed(
                written.sha256(),
                Optional.ofNullable(chain.manifest()),
                written.bytes()
                        + volumes.stream().mapToLong(Manifest.Volume::size).sum(),
                files.rows(),
                Duration.between(started, clock.instant()));
        state.chain().seal(bundle, sealed, chain.after(end.lsn(), written.sha256()), end.marks());
        crashPoints.pass(PartialStep.PARTIAL_SEALED);
        last.commit();
        contents.committed();
        crashPoints.pass(PartialStep.PARTIAL_COMMITTED);
        state.chain().settle();
        crashPoints.pass(PartialStep.CHAIN_MOVED);
        return bundle;
    }

    private static Manifest manifest(
            BundleId bundle,
            ChangeFolder files,
            Manifest.Media media,
            List<Manifest.Volume> volumes,
            Chain chain,
            End end,
            SourceServer server,
            String label) {
        return new Manifest(
                Manifest.FORMAT,
                "tidemark-sender " + Version.current(),
                bundle.source(),
                bundle.sequence(),
                bundle.kind(),
                label,
                bundle.created(),
                server.identity(),
                end.position(),
                chain.manifest(),
                new Manifest.Partial(chain.to(), end.mode(), files.changes()),
                server.inManifest(),
                List.of(),
                List.of(),
                new Manifest.Parts(0, 0, 0),
                media,
                volumes,
                List.of(),
                List.of());
    }
}
