package io.tidemark.receiver.inbox;

import io.tidemark.blob.BlobId;
import java.util.List;

/** What verifying a received bundle came to. */
public sealed interface Verification
        permits VerifiedBundle, Verification.MissingBlobs, Verification.MissingVolumes, Verification.Refused {
    /**
     * All volumes came, and yet the store lacks contents that the bundle names. A later bundle brings them.
     *
     * @param blobs at most {@link io.tidemark.receipt.Receipt#MAX_MISSING}, each once
     * @param more whether there are more than listed
     */
    record MissingBlobs(List<BlobId> blobs, boolean more) implements Verification {
        public MissingBlobs {
            blobs = List.copyOf(blobs);
        }
    }

    /** Volumes that the manifest names have not come. They may still, or lie in quarantine. */
    record MissingVolumes(List<String> names) implements Verification {
        public MissingVolumes {
            names = List.copyOf(names);
        }
    }

    /** It will never be whole. */
    record Refused(String reason) implements Verification {}
}
