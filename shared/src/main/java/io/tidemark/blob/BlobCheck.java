package io.tidemark.blob;

import io.tidemark.failure.DamagedException;
import io.tidemark.zstd.FrameInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Whether stored bytes are the content that their name says, compressed only in ways that are allowed. */
public final class BlobCheck {
    private static final int BUFFER = 1 << 17;

    private BlobCheck() {}

    /**
     * Reads the whole stream, in constant memory.
     *
     * @param stored ends with the stored bytes and stays open
     * @return bytes before compression
     * @throws DamagedBlobException where they are not
     */
    public static long check(BlobName name, long storedSize, InputStream stored) throws IOException {
        return check(name, storedSize, new CopyingStream(stored));
    }

    static long check(BlobName name, long storedSize, CopyingStream stored) throws IOException {
        try (InputStream checked = new CheckedBlobStream(name.id(), open(name, storedSize, stored))) {
            byte[] buffer = new byte[BUFFER];
            long size = 0;
            for (int read = checked.read(buffer); read >= 0; read = checked.read(buffer)) {
                size += read;
            }
            return size;
        }
    }

    private static InputStream open(BlobName name, long storedSize, CopyingStream stored) throws IOException {
        if (!name.compressed()) {
            return stored;
        }
        FrameInputStream frame;
        try {
            frame = new FrameInputStream(stored);
        } catch (DamagedException noFrame) {
            throw new DamagedBlobException(name.id(), noFrame);
        }
        String refusal = refusal(frame.contentSize(), storedSize);
        if (!refusal.isEmpty()) {
            frame.close();
            throw new DamagedBlobException(name.id(), refusal);
        }
        return frame;
    }

    private static String refusal(long rawSize, long storedSize) {
        if (rawSize < 0) {
            return "does not declare its size";
        }
        return BlobRules.allowed(rawSize, storedSize) ? "" : storedSize + " bytes claim to become " + rawSize;
    }
}
