package io.tidemark.blob;

import io.tidemark.zstd.FrameFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;

/**
 * A content too large for memory, on its way through a file of ours.
 *
 * @param rawSize before compression
 * @param file holds the stored bytes; whoever holds this record removes it
 */
public record SpilledBlob(BlobId id, boolean compressed, long rawSize, Path file, long storedSize) {
    private static final int BUFFER = 1 << 17;

    public BlobName name() {
        return new BlobName(id, compressed);
    }

    /** Copies a content into {@code file} and names it on the way, so that nobody can change it any more. */
    public static SpilledBlob spill(InputStream content, Path file) throws IOException {
        MessageDigest digest = BlobId.sha256();
        long size = 0;
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] buffer = new byte[BUFFER];
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                digest.update(buffer, 0, read);
                out.write(buffer, 0, read);
                size += read;
            }
        }
        return new SpilledBlob(BlobId.of(digest), false, size, file, size);
    }

    /** Replaces the file by its compressed form where that pays; a frame that declares its content size. */
    public SpilledBlob compress() throws IOException {
        if (compressed) {
            return this;
        }
        Path frame = file.resolveSibling(file.getFileName() + ".zst");
        long size = FrameFile.compress(file, frame, BlobEncoder.LEVEL);
        if (!BlobRules.worthwhile(rawSize, size)) {
            Files.delete(frame);
            return this;
        }
        Files.move(frame, file, StandardCopyOption.REPLACE_EXISTING);
        return new SpilledBlob(id, true, rawSize, file, size);
    }
}
