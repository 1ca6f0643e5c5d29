package io.tidemark.blob;

/**
 * A content as it goes into a volume. The bytes belong to the {@link BlobEncoder} or to who called it, and hold until its next use.
 *
 * @param rawSize before compression
 */
@SuppressWarnings("ArrayRecordComponent") // A view of a buffer, never compared.
public record EncodedBlob(BlobId id, boolean compressed, long rawSize, byte[] buffer, int offset, int length) {
    public BlobName name() {
        return new BlobName(id, compressed);
    }
}
