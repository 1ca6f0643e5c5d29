package io.tidemark.sender.complete;

import io.tidemark.blob.BlobId;
import io.tidemark.bundle.BundleId;
import io.tidemark.bundle.VolumeName;
import io.tidemark.sender.outbox.BlobLedger;
import io.tidemark.sender.state.SenderState;
import java.util.List;

/** What the sender's state knows of contents, for one bundle. */
final class StateLedger implements BlobLedger {
    private final SenderState state;
    private final BundleId bundle;
    private final Runnable receiptsRead;

    /** @param receiptsRead returns once the state has learnt what the receiver says */
    StateLedger(SenderState state, BundleId bundle, Runnable receiptsRead) {
        this.state = state;
        this.bundle = bundle;
        this.receiptsRead = receiptsRead;
    }

    @Override
    public boolean claim(BlobId blob) {
        receiptsRead.run();
        return state.claim(blob, bundle.sequence());
    }

    @Override
    public void noteVolume(VolumeName volume, List<BlobId> contents) {
        state.noteVolume(volume, contents);
    }
}
