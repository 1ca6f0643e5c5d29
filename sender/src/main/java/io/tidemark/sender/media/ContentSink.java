package io.tidemark.sender.media;

import io.tidemark.blob.BlobId;
import io.tidemark.blob.EncodedBlob;
import io.tidemark.blob.SpilledBlob;
import java.io.IOException;

/** The bundle that contents are written into. */
public interface ContentSink {
    /** Whether the receiver holds it without this bundle. */
    boolean known(BlobId blob) throws IOException;

    /** True once for each content that this bundle has to carry; who is told so must add it. */
    boolean claim(BlobId blob) throws IOException;

    /** Its bytes may be overwritten afterwards. */
    void add(EncodedBlob blob) throws IOException;

    /** Its file may be removed afterwards. */
    void add(SpilledBlob blob) throws IOException;
}
