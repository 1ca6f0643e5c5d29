package io.tidemark.zstd;

import io.tidemark.failure.DamagedException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What a zstd frame says of itself before its first block (RFC 8878, 3.1.1.1).
 *
 * @param window bytes of memory that decompression needs
 * @param contentSize bytes after decompression; {@link #UNKNOWN} where the frame does not say
 */
record FrameHeader(long window, long contentSize) {
    static final long UNKNOWN = -1;
    /** The longest that a header can be. */
    static final int MAX_LENGTH = 18;

    private static final int MAGIC = 0xFD2FB528;
    private static final int SINGLE_SEGMENT = 1 << 5;
    private static final int RESERVED = 1 << 3;
    private static final int DICTIONARY = 3;

    /** @param start the frame's first bytes, {@link #MAX_LENGTH} or all that there are */
    static FrameHeader parse(ByteBuffer start) throws DamagedException {
        ByteBuffer bytes = start.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.remaining() < 5 || bytes.getInt() != MAGIC) {
            throw new DamagedException("no zstd frame");
        }
        int flags = bytes.get();
        if ((flags & DICTIONARY) != 0 || (flags & RESERVED) != 0) {
            throw new DamagedException("a zstd frame of a kind that is not used here");
        }
        boolean single = (flags & SINGLE_SEGMENT) != 0;
        int sizeFlag = (flags >> 6) & 3;
        int sizeLength = sizeFlag == 0 ? (single ? 1 : 0) : 1 << sizeFlag;
        if (bytes.remaining() < (single ? 0 : 1) + sizeLength) {
            throw new DamagedException("a zstd frame that ends inside its header");
        }
        long window = single ? 0 : window(bytes.get());
        long size = size(bytes, sizeLength);
        return new FrameHeader(single ? size : window, size);
    }

    private static long window(byte descriptor) {
        long base = 1L << (10 + (descriptor >> 3 & 0x1f));
        return base + base / 8 * (descriptor & 7);
    }

    private static long size(ByteBuffer bytes, int length) throws DamagedException {
        long size = switch (length) {
            case 0 -> UNKNOWN;
            case 1 -> bytes.get() & 0xff;
            case 2 -> (bytes.getShort() & 0xffff) + 256;
            case 4 -> bytes.getInt() & 0xffff_ffffL;
            default -> bytes.getLong();
        };
        if (length > 0 && size < 0) {
            throw new DamagedException("a zstd frame that declares more than 63 bits of content");
        }
        return size;
    }
}
