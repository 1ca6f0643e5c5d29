package io.tidemark.receiver.restore;

import io.tidemark.blob.BlobId;
import java.nio.ByteBuffer;

/** Remembers contents by 64 bits of their hash, in 32 bytes of memory or less each: enough to miss none of a million by accident. */
final class SeenBlobs {
    private long[] slots = new long[1 << 10];
    private int size;

    void add(BlobId blob) {
        if (size >= slots.length / 2) {
            long[] before = slots;
            slots = new long[before.length * 2];
            for (long hash : before) {
                if (hash != 0) {
                    slots[find(hash)] = hash;
                }
            }
        }
        int at = find(hash(blob));
        size += slots[at] == 0 ? 1 : 0;
        slots[at] = hash(blob);
    }

    boolean contains(BlobId blob) {
        return slots[find(hash(blob))] != 0;
    }

    /** Where it is, or the free slot where it belongs. */
    private int find(long hash) {
        int at = (int) hash & slots.length - 1;
        while (slots[at] != 0 && slots[at] != hash) {
            at = at + 1 & slots.length - 1;
        }
        return at;
    }

    private static long hash(BlobId blob) {
        long hash = ByteBuffer.wrap(blob.bytes()).getLong();
        return hash == 0 ? 1 : hash;
    }
}
