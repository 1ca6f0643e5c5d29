package io.tidemark.receiver.load;

import io.tidemark.blob.BlobId;
import io.tidemark.bundle.PartRecord;
import io.tidemark.bundle.RecordReader;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** The contents of each table of a bundle, in order, at 32 bytes each: a terabyte of heap has a quarter of a million parts. */
final class PartIndex {
    private static final int SIZE = 32;

    private final byte[][] hashes;
    private final int[] lengths;

    private PartIndex(int tables) {
        hashes = new byte[tables][0];
        lengths = new int[tables];
    }

    /** @param tables how many the manifest has */
    static PartIndex read(RecordReader<PartRecord> lines, int tables) throws IOException {
        PartIndex index = new PartIndex(tables);
        try (lines) {
            for (PartRecord line = lines.next(); line != null; line = lines.next()) {
                index.add(line.table(), line.blob().bytes());
            }
        }
        return index;
    }

    private void add(int table, byte[] hash) {
        int length = lengths[table];
        if (length + SIZE > hashes[table].length) {
            hashes[table] = Arrays.copyOf(hashes[table], Math.max(SIZE * 4, hashes[table].length * 2));
        }
        System.arraycopy(hash, 0, hashes[table], length, SIZE);
        lengths[table] = length + SIZE;
    }

    int count(int table) {
        return lengths[table] / SIZE;
    }

    Iterable<BlobId> blobs(int table) {
        return () -> new Iterator<>() {
            private int at;

            @Override
            public boolean hasNext() {
                return at < lengths[table];
            }

            @Override
            public BlobId next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                at += SIZE;
                return new BlobId(HexFormat.of().formatHex(hashes[table], at - SIZE, at));
            }
        };
    }

    /** The contents of {@code table} that {@code other} lacks for its {@code otherTable}, counted as often as they stand. */
    List<BlobId> less(int table, PartIndex other, int otherTable) {
        java.util.Map<BlobId, Integer> counts = new java.util.HashMap<>();
        other.blobs(otherTable).forEach(blob -> counts.merge(blob, 1, Integer::sum));
        List<BlobId> rest = new java.util.ArrayList<>();
        for (BlobId blob : blobs(table)) {
            if (counts.merge(blob, -1, Integer::sum) < 0) {
                rest.add(blob);
            }
        }
        return rest;
    }
}
