package io.tidemark.sender.partial;

import io.tidemark.blob.BlobId;
import io.tidemark.blob.EncodedBlob;
import io.tidemark.blob.SpilledBlob;
import io.tidemark.bundle.BundleId;
import io.tidemark.bundle.BundleKind;
import io.tidemark.bundle.Manifest;
import io.tidemark.bundle.VolumeName;
import io.tidemark.crash.CrashPoints;
import io.tidemark.sender.media.ContentSink;
import io.tidemark.sender.outbox.BlobLedger;
import io.tidemark.sender.outbox.Outbox;
import io.tidemark.sender.outbox.VolumePacker;
import io.tidemark.sender.settings.SenderSettings;
import io.tidemark.sender.state.SenderState;
import java.io.Closeable;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A partial that is being made, and the contents that it carries. It takes its number with the first content, or when it is sealed. */
final class PartialContents implements ContentSink, Closeable {
    private final SenderSettings settings;
    private final Outbox outbox;
    private final SenderState state;
    private final Clock clock;
    private final CrashPoints crashPoints;
    private final String label;
    private @Nullable BundleId bundle;
    private @Nullable VolumePacker packer;
    private boolean whole;

    PartialContents(
            SenderSettings settings,
            Outbox outbox,
            SenderState state,
            Clock clock,
            CrashPoints crashPoints,
            String label) {
        this.settings = settings;
        this.outbox = outbox;
        this.state = state;
        this.clock = clock;
        this.crashPoints = crashPoints;
        this.label = label;
    }

    BundleId bundle() {
        if (bundle == null) {
            bundle = state.begin(settings.source(), BundleKind.PARTIAL, clock.instant(), label);
        }
        return bundle;
    }

    /** Whether it has taken a number. */
    boolean isBegun() {
        return bundle != null;
    }

    private VolumePacker packer() {
        if (packer == null) {
            packer = new VolumePacker(
                    bundle(),
                    outbox,
                    settings.outbox().volumeSize(),
                    settings.outbox().patience(),
                    new Ledger(state, bundle()),
                    crashPoints);
        }
        return packer;
    }

    @Override
    public boolean known(BlobId blob) {
        return state.known(blob);
    }

    @Override
    public boolean claim(BlobId blob) {
        return !state.known(blob) && packer().claim(blob);
    }

    @Override
    public void add(EncodedBlob blob) {
        packer().add(blob);
    }

    @Override
    public void add(SpilledBlob blob) {
        packer().add(blob);
    }

    /** Closes the last of the contents' volumes. */
    List<Manifest.Volume> finish() {
        return packer == null ? List.of() : packer.finishBlobs();
    }

    /** Its last volume has its final name. */
    void committed() {
        whole = true;
    }

    /** Gives it up unless it is whole. */
    @Override
    public void close() {
        Optional.ofNullable(packer).ifPresent(VolumePacker::close);
        if (!whole && bundle != null) {
            outbox.discardUnfinished(bundle);
            state.giveUp(bundle);
            state.chain().forgetPending();
        }
    }

    /** What the state knows of contents. */
    private record Ledger(SenderState state, BundleId bundle) implements BlobLedger {
        @Override
        public boolean claim(BlobId blob) {
            return state.claim(blob, bundle.sequence());
        }

        @Override
        public void noteVolume(VolumeName volume, List<BlobId> contents) {
            state.noteVolume(volume, contents);
        }
    }
}
