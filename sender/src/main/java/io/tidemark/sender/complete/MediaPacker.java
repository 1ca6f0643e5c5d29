package io.tidemark.sender.complete;

import io.tidemark.blob.BlobId;
import io.tidemark.blob.EncodedBlob;
import io.tidemark.blob.SpilledBlob;
import io.tidemark.sender.media.ContentSink;
import io.tidemark.sender.outbox.VolumePacker;
import io.tidemark.sender.state.SenderState;

/** Packs those media that the receiver lacks. */
final class MediaPacker implements ContentSink {
    private final VolumePacker packer;
    private final SenderState state;

    MediaPacker(VolumePacker packer, SenderState state) {
        this.packer = packer;
        this.state = state;
    }

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
}
