package io.tidemark.bundle;

import io.tidemark.blob.BlobId;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * Writes one volume and computes its SHA-256 on the way. After a failed {@code add} the file is broken and has to be thrown away. For one
 * thread.
 */
public final class VolumeWriter implements Closeable {
    private static final int BUFFER = 1 << 18;
    private static final byte[] ZEROS = new byte[2 * TarHeader.BLOCK];

    private final FileChannel file;
    private final MessageDigest digest = BlobId.sha256();
    private final byte[] buffer = new byte[BUFFER];
    private int filled;
    private long size;
    private int entries;

    /** @param part the file to write, under a name that no consumer takes; an older one is overwritten */
    public VolumeWriter(Path part) throws IOException {
        file = FileChannel.open(
                part, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
    }

    public void add(String entry, byte[] bytes, int offset, int length) throws IOException {
        header(entry, length);
        write(bytes, offset, length);
        pad(length);
    }

    public void add(String entry, byte[] bytes) throws IOException {
        add(entry, bytes, 0, bytes.length);
    }

    /** Takes exactly {@code length} bytes; the stream has to end there and stays open. */
    public void add(String entry, long length, InputStream content) throws IOException {
        header(entry, length);
        for (long left = length; left > 0; ) {
            if (filled == BUFFER) {
                flush();
            }
            int read = content.read(buffer, filled, (int) Math.min(BUFFER - filled, left));
            if (read < 0) {
                throw new EOFException(
                        entry + " became shorter while it was read: " + left + " of " + length + " bytes are missing");
            }
            filled += read;
            size += read;
            left -= read;
        }
        if (content.read() >= 0) {
            throw new IOException(entry + " became longer while it was read than the " + length + " bytes that it had");
        }
        pad(length);
    }

    /** Bytes so far, without the two blocks at the end. */
    public long size() {
        return size;
    }

    public int entries() {
        return entries;
    }

    /** Ends the volume and makes it durable; the folder is not synced. */
    public Written finish() throws IOException {
        write(ZEROS, 0, ZEROS.length);
        flush();
        file.force(true);
        file.close();
        return new Written(size, HexFormat.of().formatHex(digest.digest()));
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private void header(String entry, long length) throws IOException {
        if (!EntryName.isKnown(entry)) {
            throw new IllegalArgumentException("no entry of a bundle: " + entry);
        }
        write(new TarHeader(entry, length).bytes(), 0, TarHeader.BLOCK);
        entries++;
    }

    private void pad(long length) throws IOException {
        int beyond = (int) (length % TarHeader.BLOCK);
        if (beyond > 0) {
            write(ZEROS, 0, TarHeader.BLOCK - beyond);
        }
    }

    private void write(byte[] bytes, int offset, int length) throws IOException {
        if (length > BUFFER - filled) {
            flush();
        }
        if (length > BUFFER) {
            digest.update(bytes, offset, length);
            writeFully(ByteBuffer.wrap(bytes, offset, length));
        } else {
            System.arraycopy(bytes, offset, buffer, filled, length);
            filled += length;
        }
        size += length;
    }

    private void flush() throws IOException {
        digest.update(buffer, 0, filled);
        writeFully(ByteBuffer.wrap(buffer, 0, filled));
        filled = 0;
    }

    private void writeFully(ByteBuffer bytes) throws IOException {
        int end = bytes.limit();
        while (bytes.position() < end) {
            // In slices: the JDK copies a heap buffer into a direct one of the same size and keeps that for the thread.
            bytes.limit(Math.min(end, bytes.position() + BUFFER));
            file.write(bytes);
        }
    }

    /** A finished volume: all its bytes, and the SHA-256 of them. */
    public record Written(long size, String sha256) {}
}
