package io.tidemark.receiver.retention;

import io.tidemark.blob.BlobId;
import io.tidemark.file.DurableFiles;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Contents that are named by something that is kept, on disk in a file per first byte of the hash, eight bytes for each: so a list of a hundred
 * million takes three megabytes of memory. Two contents that share those eight bytes count as one, which keeps one too many and never one too
 * few.
 */
final class MarkedContents implements Closeable {
    private static final int FILES = 256;
    private static final int BUFFER = 1 << 13;

    private final Path folder;
    private final List<DataOutputStream> files = new ArrayList<>();

    /** @param folder emptied first, and removed at the end */
    MarkedContents(Path folder) throws IOException {
        this.folder = folder;
        DurableFiles.deleteTree(folder);
        Files.createDirectories(folder);
        for (int i = 0; i < FILES; i++) {
            files.add(new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file(i)), BUFFER)));
        }
    }

    void mark(BlobId blob) throws IOException {
        byte[] hash = blob.bytes();
        files.get(Byte.toUnsignedInt(hash[0])).writeLong(short64(hash));
    }

    /** To be called once all are marked. */
    void finish() throws IOException {
        for (DataOutputStream file : files) {
            file.close();
        }
    }

    /** Those whose hash begins with one byte. */
    Marks beginningWith(int first) throws IOException {
        Path file = file(first);
        long[] marks = new long[Math.toIntExact(Files.size(file) / Long.BYTES)];
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
            for (int i = 0; i < marks.length; i++) {
                marks[i] = in.readLong();
            }
        }
        Arrays.sort(marks);
        return new Marks(marks);
    }

    /** Marks of one file, sorted. */
    static final class Marks {
        private final long[] sorted;

        private Marks(long[] sorted) {
            this.sorted = sorted;
        }

        boolean contains(BlobId blob) {
            return Arrays.binarySearch(sorted, short64(blob.bytes())) >= 0;
        }
    }

    @Override
    public void close() throws IOException {
        finish();
        DurableFiles.deleteTree(folder);
    }

    private static long short64(byte[] hash) {
        return ByteBuffer.wrap(hash).getLong(1);
    }

    private Path file(int first) {
        return folder.resolve(String.format(Locale.ROOT, "%02x", first));
    }
}
