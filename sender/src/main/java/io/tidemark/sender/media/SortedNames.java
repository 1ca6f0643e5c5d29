package io.tidemark.sender.media;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The names in one folder, handed back in the order of their bytes. Beyond a number of names they lie in files, sorted piece by piece and
 * merged when read, so that a folder of a million files needs no more memory than one of some thousands.
 */
final class SortedNames implements Closeable {
    private final Path spillFolder;
    private final int limit;
    private final List<byte[]> names = new ArrayList<>();
    private final List<Path> spilled = new ArrayList<>();
    private final PriorityQueue<Piece> pieces = new PriorityQueue<>(
            Comparator.comparing(piece -> piece.head, (left, right) -> Arrays.compareUnsigned(left, right)));

    /** @param limit how many names are kept in memory */
    SortedNames(Path spillFolder, int limit) {
        this.spillFolder = spillFolder;
        this.limit = limit;
    }

    void add(byte[] name) throws IOException {
        if (names.size() == limit) {
            spill();
        }
        names.add(name);
    }

    private void spill() throws IOException {
        names.sort(Arrays::compareUnsigned);
        Path file = Files.createTempFile(spillFolder, "names-", ".tmp");
        spilled.add(file);
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            for (byte[] name : names) {
                out.writeShort(name.length);
                out.write(name);
            }
        }
        names.clear();
    }

    /** To be called once, after the last name was added. */
    void finish() throws IOException {
        names.sort(Arrays::compareUnsigned);
        begin(new Piece(names));
        for (Path file : spilled) {
            begin(new Piece(file));
        }
    }

    private void begin(Piece piece) throws IOException {
        if (piece.advance()) {
            pieces.add(piece);
        } else {
            piece.close();
        }
    }

    /** Null after the last. */
    byte @Nullable [] next() throws IOException {
        Piece piece = pieces.poll();
        if (piece == null) {
            return null;
        }
        byte[] name = piece.head;
        begin(piece);
        return name;
    }

    @Override
    public void close() throws IOException {
        for (Piece piece : pieces) {
            piece.close();
        }
        for (Path file : spilled) {
            Files.deleteIfExists(file);
        }
    }

    /** A sorted run of names, in memory or in a file. */
    private static final class Piece implements Closeable {
        private final List<byte[]> inMemory;
        private final @Nullable DataInputStream in;
        private long left;
        private byte[] head = {};
        private int at;

        Piece(List<byte[]> names) {
            this.inMemory = names;
            this.in = null;
        }

        Piece(Path file) throws IOException {
            this.inMemory = List.of();
            this.in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)));
            this.left = Files.size(file);
        }

        boolean advance() throws IOException {
            if (at < inMemory.size()) {
                head = inMemory.get(at++);
                return true;
            }
            if (in == null || left == 0) {
                return false;
            }
            head = new byte[in.readUnsignedShort()];
            in.readFully(head);
            left -= 2 + head.length;
            return true;
        }

        @Override
        public void close() throws IOException {
            if (in != null) {
                in.close();
            }
        }
    }
}
