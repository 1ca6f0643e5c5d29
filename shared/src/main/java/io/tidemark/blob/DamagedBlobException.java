package io.tidemark.blob;

import io.tidemark.failure.DamagedException;

/** A content is not in the store under its own hash: missing, changed, or never what it was said to be. It has to be sent again. */
public final class DamagedBlobException extends DamagedException {
    private static final long serialVersionUID = 1L;

    private final BlobId blob;

    public DamagedBlobException(BlobId blob, String reason) {
        super("blob " + blob + ": " + reason);
        this.blob = blob;
    }

    public DamagedBlobException(BlobId blob, DamagedException cause) {
        super("blob " + blob + ": " + cause.reason(), cause);
        this.blob = blob;
    }

    public BlobId blob() {
        return blob;
    }
}
