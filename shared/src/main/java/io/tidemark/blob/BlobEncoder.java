package io.tidemark.blob;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdException;
import java.io.Closeable;
import java.security.MessageDigest;

/**
 * Names contents and compresses them. One per thread: it keeps a native context and one buffer, and allocates nothing per content once
 * the buffer has grown to the largest.
 */
public final class BlobEncoder implements Closeable {
    static final int LEVEL = 1;

    private static final int SMALLEST = 64;

    private final MessageDigest digest = BlobId.sha256();
    private final ZstdCompressCtx context = new ZstdCompressCtx().setLevel(LEVEL);
    private byte[] output = {};

    public BlobId idOf(byte[] raw, int offset, int length) {
        digest.update(raw, offset, length);
        return BlobId.of(digest);
    }

    /**
     * Compresses into one frame that declares its content size; leaves the content as it is where that does not pay.
     *
     * @param id of this content, from {@link #idOf}
     */
    public EncodedBlob compress(BlobId id, byte[] raw, int offset, int length) {
        int room = (int) BlobRules.largestWorthwhile(length);
        if (length >= SMALLEST) {
            int size = compressInto(room, raw, offset, length);
            if (size > 0 && BlobRules.worthwhile(length, size)) {
                return new EncodedBlob(id, true, length, output, 0, size);
            }
        }
        return new EncodedBlob(id, false, length, raw, offset, length);
    }

    public EncodedBlob encode(byte[] raw, int offset, int length) {
        return compress(idOf(raw, offset, length), raw, offset, length);
    }

    /** 0 where more room is needed. */
    private int compressInto(int room, byte[] raw, int offset, int length) {
        if (output.length < room) {
            output = new byte[room];
        }
        try {
            return context.compressByteArray(output, 0, room, raw, offset, length);
        } catch (ZstdException failed) {
            if (failed.getErrorCode() == Zstd.errDstSizeTooSmall()) {
                return 0;
            }
            throw failed;
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
