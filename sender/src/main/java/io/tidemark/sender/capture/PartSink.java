package io.tidemark.sender.capture;

import io.tidemark.blob.BlobId;
import java.io.IOException;
import java.util.List;

/** Takes contents away: names them and packs those that the receiver lacks. Used by one thread. */
public interface PartSink {
    /** Takes {@code length} bytes from the beginning of {@code content}, which the caller may overwrite afterwards. */
    BlobId put(byte[] content, int length) throws IOException;

    /** Takes a content that is too large to be copied about: its pieces, one after another. */
    BlobId putLarge(List<byte[]> pieces) throws IOException;
}
