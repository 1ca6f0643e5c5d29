package io.tidemark.sender.media;

import com.github.luben.zstd.Zstd;
import io.tidemark.blob.BlobId;
import io.tidemark.blob.EncodedBlob;
import io.tidemark.blob.SpilledBlob;
import io.tidemark.bundle.BundleId;
import io.tidemark.sender.state.SenderState;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A bundle whose contents are kept in memory, uncompressed. */
final class MemorySink implements ContentSink {
    final Map<BlobId, byte[]> contents = new HashMap<>();
    final Set<BlobId> compressed = new TreeSet<>();
    private final SenderState state;
    private final BundleId bundle;

    MemorySink(SenderState state, BundleId bundle) {
        this.state = state;
        this.bundle = bundle;
    }

    @Override
    public boolean known(BlobId blob) {
        return state.known(blob);
    }

    @Override
    public boolean claim(BlobId blob) {
        return state.claim(blob, bundle.sequence());
    }

    @Override
    public void add(EncodedBlob blob) {
        byte[] stored = Arrays.copyOfRange(blob.buffer(), blob.offset(), blob.offset() + blob.length());
        keep(blob.id(), blob.compressed(), stored, blob.rawSize());
    }

    @Override
    public void add(SpilledBlob blob) throws IOException {
        keep(blob.id(), blob.compressed(), Files.readAllBytes(blob.file()), blob.rawSize());
    }

    private void keep(BlobId id, boolean isCompressed, byte[] stored, long rawSize) {
        if (isCompressed) {
            compressed.add(id);
        }
        byte[] before = contents.put(id, isCompressed ? Zstd.decompress(stored, (int) rawSize) : stored);
        if (before != null) {
            throw new IllegalStateException("added twice: " + id);
        }
    }
}
