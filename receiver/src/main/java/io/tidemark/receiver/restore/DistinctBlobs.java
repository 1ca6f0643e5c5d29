package io.tidemark.receiver.restore;

import io.tidemark.blob.BlobId;
import io.tidemark.receiver.inbox.BundleFolder;
import io.tidemark.receiver.inbox.ContentCheck;
import io.tidemark.receiver.inbox.Problems;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.TreeSet;

/**
 * The contents that a bundle names, each once, in the order of their hashes. The lists are read again for each slice of the hashes, so that
 * no more than about a slice is in memory.
 */
final class DistinctBlobs {
    private static final long SLICE = 200_000;
    private static final long MAX_SLICES = 1 << 12;

    private final BundleFolder bundle;
    private final Problems problems;
    private final long slice;

    /** @param problems told of what is wrong with the lists, once per slice */
    DistinctBlobs(BundleFolder bundle, Problems problems) {
        this(bundle, problems, SLICE);
    }

    /** @param slice how many contents to hold at once, about */
    DistinctBlobs(BundleFolder bundle, Problems problems, long slice) {
        this.bundle = bundle;
        this.problems = problems;
        this.slice = slice;
    }

    /** Takes one content. */
    @FunctionalInterface
    interface Each {
        void blob(BlobId blob) throws IOException;
    }

    void forEach(Each each) throws IOException {
        long named =
                bundle.manifest().parts().count() + bundle.manifest().media().files();
        long slices = Math.min(named / slice, MAX_SLICES) + 1;
        for (long i = 0; i < slices; i++) {
            long from = i;
            TreeSet<BlobId> blobs = new TreeSet<>();
            new ContentCheck(bundle, problems).check((blob, rawSize) -> {
                if (sliceOf(blob, slices) == from) {
                    blobs.add(blob);
                }
            });
            for (BlobId blob : blobs) {
                each.blob(blob);
            }
        }
    }

    /** Hashes are spread evenly, and their first 32 bits rise with their order. */
    private static long sliceOf(BlobId blob, long slices) {
        long first = ByteBuffer.wrap(blob.bytes()).getInt() & 0xffff_ffffL;
        return (first * slices) >>> 32;
    }
}
