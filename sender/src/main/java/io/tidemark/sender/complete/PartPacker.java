package io.tidemark.sender.complete;

import io.tidemark.blob.BlobEncoder;
import io.tidemark.blob.BlobId;
import io.tidemark.blob.SpilledBlob;
import io.tidemark.sender.capture.PartSink;
import io.tidemark.sender.outbox.VolumePacker;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;

/** Compresses and packs those parts that the receiver lacks; an equal part of yesterday costs its hash alone. */
final class PartPacker implements PartSink, Closeable {
    private final VolumePacker packer;
    private final Path scratch;
    private final BlobEncoder encoder = new BlobEncoder();

    /** @param scratch a file of this packer's own, for contents that are too large for memory */
    PartPacker(VolumePacker packer, Path scratch) {
        this.packer = packer;
        this.scratch = scratch;
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
        List<InputStream> streams = pieces.stream()
                .map(piece -> (InputStream) new ByteArrayInputStream(piece))
                .toList();
        try (InputStream content = new SequenceInputStream(Collections.enumeration(streams))) {
            SpilledBlob blob = SpilledBlob.spill(content, scratch);
            if (packer.claim(blob.id())) {
                packer.add(blob.compress());
            }
            return blob.id();
        } finally {
            Files.deleteIfExists(scratch);
        }
    }

    @Override
    public void close() {
        encoder.close();
    }
}
