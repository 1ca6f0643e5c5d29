package io.tidemark.sender.outbox;

import io.tidemark.blob.BlobId;
import io.tidemark.blob.EncodedBlob;
import io.tidemark.blob.SpilledBlob;
import io.tidemark.bundle.EntryName;
import io.tidemark.bundle.Limits;
import io.tidemark.bundle.VolumeName;
import io.tidemark.bundle.VolumeWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** A volume that is being written, and which blobs it holds. For one thread at a time. */
final class OpenVolume implements Closeable {
    private static final int TAR_BLOCK = 512;

    private final VolumeName name;
    private final Outbox outbox;
    private final VolumeWriter writer;
    private final List<BlobId> contents = new ArrayList<>();

    OpenVolume(VolumeName name, Outbox outbox) throws IOException {
        this.name = name;
        this.outbox = outbox;
        this.writer = new VolumeWriter(outbox.part(name));
    }

    VolumeName name() {
        return name;
    }

    List<BlobId> contents() {
        return contents;
    }

    /** The whole file's size if one more content of that length came into it: header, padding and end included. */
    long sizeWith(long length) {
        long blocks = 1 + (length + TAR_BLOCK - 1) / TAR_BLOCK + 2;
        return writer.size() + blocks * TAR_BLOCK;
    }

    /** Whether it has as many contents as a receiver accepts in one volume. */
    boolean isCrowded() {
        return writer.entries() >= Limits.MAX_ENTRIES;
    }

    void add(EncodedBlob blob) throws IOException {
        writer.add(EntryName.of(blob.name()), blob.buffer(), blob.offset(), blob.length());
        contents.add(blob.id());
    }

    void add(SpilledBlob blob) throws IOException {
        try (InputStream content = Files.newInputStream(blob.file())) {
            writer.add(EntryName.of(blob.name()), blob.storedSize(), content);
        }
        contents.add(blob.id());
    }

    VolumeWriter.Written finish() throws IOException {
        return writer.finish();
    }

    /** Throws it away and gives its room back, unless it was committed. */
    @Override
    public void close() throws IOException {
        writer.close();
        Files.deleteIfExists(outbox.part(name));
        outbox.room().release(name);
    }
}
