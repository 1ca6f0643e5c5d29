package io.tidemark.sender.capture;

import io.tidemark.blob.BlobEncoder;
import io.tidemark.blob.BlobId;
import io.tidemark.blob.SpilledBlob;
import io.tidemark.sender.outbox.VolumePacker;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Names contents and packs those that the receiver lacks; what it holds is never compressed. */
final class PackingSink implements PartSink {
    private final VolumePacker packer;
    private final Path scratch;
    private final AtomicInteger spills;
    private final BlobEncoder encoder = new BlobEncoder();

    /**
     * @param scratch a folder for contents too large for memory
     * @param spills counts the files in it, for all sinks of a capture
     */
    PackingSink(VolumePacker packer, Path scratch, AtomicInteger spills) {
        this.packer = packer;
        this.scratch = scratch;
        this.spills = spills;
    }

    @Override
    public BlobId put(byte[] content, int length) {
        BlobId id = encoder.idOf(content, 0, length);
        if (packer.claim(id)) {
            packer.add(encoder.compress(id, content, 0, length));
        }
        return id;
    }

    @Override
    public BlobId putLarge(List<byte[]> pieces) throws IOException {
        List<InputStream> streams =
                pieces.stream().<InputStream>map(ByteArrayInputStream::new).toList();
        Path file = scratch.resolve("row-" + spills.incrementAndGet() + ".tmp");
        try (InputStream content = new SequenceInputStream(Collections.enumeration(streams))) {
            SpilledBlob raw = SpilledBlob.spill(content, file);
            if (packer.claim(raw.id())) {
                packer.add(raw.compress());
            }
            return raw.id();
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
