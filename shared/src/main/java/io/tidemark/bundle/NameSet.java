package io.tidemark.bundle;

import io.tidemark.blob.BlobId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Remembers names by 64 bits of their SHA-256, 16 bytes of memory a name or less. Two names that share those bits count as one: by
 * accident that does not happen, and who makes it happen only gets his own volume refused.
 */
final class NameSet {
    private static final int FIRST_SLOTS = 1 << 6;

    private long[] slots = new long[FIRST_SLOTS];
    private int size;

    /** False where it was there already. */
    boolean add(String name) {
        if (size >= slots.length / 2) {
            grow();
        }
        boolean added = put(slots, hash(name));
        size += added ? 1 : 0;
        return added;
    }

    int size() {
        return size;
    }

    private void grow() {
        long[] wider = new long[slots.length * 2];
        for (long hash : slots) {
            if (hash != 0) {
                put(wider, hash);
            }
        }
        slots = wider;
    }

    private static boolean put(long[] slots, long hash) {
        int at = (int) hash & slots.length - 1;
        while (slots[at] != 0) {
            if (slots[at] == hash) {
                return false;
            }
            at = at + 1 & slots.length - 1;
        }
        slots[at] = hash;
        return true;
    }

    /** Never 0, which marks a free slot. */
    private static long hash(String name) {
        byte[] digest = BlobId.sha256().digest(name.getBytes(StandardCharsets.UTF_8));
        long hash = ByteBuffer.wrap(digest).getLong();
        return hash == 0 ? 1 : hash;
    }
}
