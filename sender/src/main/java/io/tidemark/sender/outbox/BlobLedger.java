package io.tidemark.sender.outbox;

import io.tidemark.blob.BlobId;
import io.tidemark.bundle.VolumeName;
import java.util.List;

/** What the sender's state has to say and to hear while one bundle is packed. Called from several threads. */
public interface BlobLedger {
    /** True for one caller per bundle, who must write the content; false where the receiver holds it or somebody writes it. */
    boolean claim(BlobId blob);

    /** Called when the volume is durable, before it gets its final name. */
    void noteVolume(VolumeName volume, List<BlobId> contents);
}
