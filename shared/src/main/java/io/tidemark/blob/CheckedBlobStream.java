package io.tidemark.blob;

import io.tidemark.failure.DamagedException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/** A content that is compared with its name when its end is reached. */
final class CheckedBlobStream extends FilterInputStream {
    private final BlobId id;
    private final MessageDigest digest = BlobId.sha256();
    private boolean checked;

    CheckedBlobStream(BlobId id, InputStream raw) {
        super(raw);
        this.id = id;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int read;
        try {
            read = super.read(target, offset, length);
        } catch (DamagedBlobException known) {
            throw known;
        } catch (DamagedException damaged) {
            throw new DamagedBlobException(id, damaged);
        }
        if (read > 0) {
            digest.update(target, offset, read);
        } else if (read < 0 && !checked) {
            BlobId actual = BlobId.of(digest);
            if (!actual.equals(id)) {
                throw new DamagedBlobException(id, "its bytes have the SHA-256 " + actual);
            }
            checked = true;
        }
        return read;
    }

    /** By reading, so that nothing escapes the check. */
    @Override
    public long skip(long count) throws IOException {
        byte[] skipped = new byte[(int) Math.min(count, 1 << 13)];
        return skipped.length == 0 ? 0 : Math.max(0, read(skipped, 0, skipped.length));
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
