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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A volume that is being written, and which blobs it holds. For one thread at a time. */
final class OpenVolume implements Closeable {
    private final VolumeName name;
    private final Path part;
    private final VolumeWriter writer;
    private final List<BlobId> contents = new ArrayList<>();

    OpenVolume(VolumeName name, Path part) throws IOException {
        this.name = name;
        this.part = part;
        this.writer = new VolumeWriter(part);
    }

    VolumeName name() {
        return name;
    }

    List<BlobId> contents() {
        return contents;
    }

    long size() {
        return writer.size();
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

    /** Throws it away, unless it was committed. */
    @Override
    public void close() throws IOException {
        writer.close();
        Files.deleteIfExists(part);
    }
}
