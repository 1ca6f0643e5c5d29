package io.tidemark.bundle;

import io.tidemark.blob.BlobId;
import io.tidemark.failure.DamagedException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * Reads one volume in one pass and refuses everything that {@link VolumeWriter} would not have written: other headers, unknown or repeated
 * names, padding that is not zero, a missing end, bytes after the end. Memory does not grow with the size of the volume.
 */
public final class VolumeReader {
    private static final int BUFFER = 1 << 16;

    private final InputStream volume;
    private final Limits limits;
    private final MessageDigest digest = BlobId.sha256();
    private final byte[] block = new byte[TarHeader.BLOCK];
    private final byte[] skipped = new byte[BUFFER];
    private final NameSet names = new NameSet();
    private long size;

    private VolumeReader(InputStream volume, Limits limits) {
        this.volume = volume;
        this.limits = limits;
    }

    /**
     * Reads to the end of the stream, which has to be the end of the volume.
     *
     * @throws DamagedException where the volume is not exactly as the format says; entries before the damage were handled
     */
    public static Read read(InputStream volume, Limits limits, EntryHandler handler) throws IOException {
        return new VolumeReader(volume, limits).readAll(handler);
    }

    private Read readAll(EntryHandler handler) throws IOException {
        while (true) {
            fill("where a header has to stand");
            if (isZero(block, block.length)) {
                break;
            }
            readEntry(TarHeader.parse(block), handler);
        }
        fill("inside its end mark");
        if (!isZero(block, block.length)) {
            throw new DamagedException("only one of the two zero blocks of the end stands there");
        }
        if (volume.read() >= 0) {
            throw new DamagedException("bytes follow after the end of the volume");
        }
        return new Read(size, HexFormat.of().formatHex(digest.digest()), names.size());
    }

    private void readEntry(TarHeader header, EntryHandler handler) throws IOException {
        if (names.size() >= limits.entries()) {
            throw new DamagedException("more than " + limits.entries() + " entries");
        }
        if (header.size() > limits.bytes() - size) {
            throw new DamagedException(
                    "entry " + header.name() + " goes beyond " + limits.bytes() + " bytes of volume");
        }
        if (!names.add(header.name())) {
            throw new DamagedException("entry " + header.name() + " stands there twice");
        }
        Content content = new Content(header);
        handler.entry(header.name(), header.size(), content);
        content.skipRest();
        int beyond = (int) (header.size() % TarHeader.BLOCK);
        if (beyond > 0) {
            int padding = TarHeader.BLOCK - beyond;
            fill(block, padding, "in the padding of entry " + header.name());
            if (!isZero(block, padding)) {
                throw new DamagedException("the padding of entry " + header.name() + " is not zero");
            }
        }
    }

    private void fill(String where) throws IOException {
        fill(block, block.length, where);
    }

    private void fill(byte[] target, int length, String where) throws IOException {
        for (int filled = 0; filled < length; ) {
            int read = take(target, filled, length - filled);
            if (read < 0) {
                throw new DamagedException("the volume ends after " + size + " bytes, " + where);
            }
            filled += read;
        }
    }

    private int take(byte[] target, int offset, int length) throws IOException {
        int read = volume.read(target, offset, length);
        if (read > 0) {
            digest.update(target, offset, read);
            size += read;
        }
        return read;
    }

    private static boolean isZero(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }

    /** All bytes of the volume, their SHA-256, and how many entries it had. */
    public record Read(long size, String sha256, int entries) {}

    /** The bytes of one entry. */
    private final class Content extends InputStream {
        private final TarHeader header;
        private long left;

        Content(TarHeader header) {
            this.header = header;
            this.left = header.size();
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (left == 0) {
                return -1;
            }
            int read = take(target, offset, (int) Math.min(length, left));
            if (read < 0) {
                throw new DamagedException("the volume ends inside entry " + header.name());
            }
            left -= read;
            return read;
        }

        void skipRest() throws IOException {
            while (left > 0) {
                read(skipped, 0, skipped.length);
            }
        }
    }
}
