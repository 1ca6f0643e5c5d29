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
    /** Takes two thirds of the time of {@link #LEVEL}: numbers become hardly larger, text does (docs/PERFORMANCE.md). */
    private static final int FAST_LEVEL = -1;

    /** How much larger the fast level's output may be. */
    private static final double NEARLY = 1.02;

    private static final int SMALLEST = 64;
    private static final int SAMPLE = 128 << 10;
    /** In contents from this on, trying two levels on a sample is cheap. */
    private static final int SAMPLED = 8 * SAMPLE;

    private final MessageDigest digest = BlobId.sha256();
    private final ZstdCompressCtx context = new ZstdCompressCtx();
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
            int size = compressInto(level(raw, offset, length), room, raw, offset, length);
            if (size > 0 && BlobRules.worthwhile(length, size)) {
                return new EncodedBlob(id, true, length, output, 0, size);
            }
        }
        return new EncodedBlob(id, false, length, raw, offset, length);
    }

    public EncodedBlob encode(byte[] raw, int offset, int length) {
        return compress(idOf(raw, offset, length), raw, offset, length);
    }

    /** By what both levels make of a piece from the middle. */
    private int level(byte[] raw, int offset, int length) {
        if (length < SAMPLED) {
            return LEVEL;
        }
        int middle = offset + (length - SAMPLE) / 2;
        int fast = compressInto(FAST_LEVEL, SAMPLE, raw, middle, SAMPLE);
        int usual = compressInto(LEVEL, SAMPLE, raw, middle, SAMPLE);
        return fast > 0 && fast <= usual * NEARLY ? FAST_LEVEL : LEVEL;
    }

    /** 0 where more room is needed. */
    private int compressInto(int level, int room, byte[] raw, int offset, int length) {
        if (output.length < room) {
            output = new byte[room];
        }
        try {
            return context.setLevel(level).compressByteArray(output, 0, room, raw, offset, length);
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
