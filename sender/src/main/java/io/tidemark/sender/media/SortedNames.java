package io.tidemark.sender.media;

import io.tidemark.file.FileStat;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The names in one folder, handed back in the order of their bytes. Beyond a number of names they lie in files, sorted piece by piece and
 * merged when read, so that a folder of a million files needs no more memory than one of some thousands.
 */
final class SortedNames implements Closeable {
    /**
     * A name, and what the file system said of it when it was listed.
     *
     * @param modified nanoseconds since 1970
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Name(byte[] bytes, long size, long modified, long inode) implements Comparable<Name> {
        static final Name NONE = new Name(new byte[0], 0, 0, 0);

        private static final int FIXED = Short.BYTES + 3 * Long.BYTES;

        static Name of(String name, FileStat stat) {
            return new Name(name.getBytes(StandardCharsets.UTF_8), stat.size(), stat.modified(), stat.inode());
        }

        @Override
        public int compareTo(Name other) {
            return Arrays.compareUnsigned(bytes, other.bytes);
        }

        void write(DataOutputStream out) throws IOException {
            out.writeShort(bytes.length);
            out.write(bytes);
            out.writeLong(size);
            out.writeLong(modified);
            out.writeLong(inode);
        }

        static Name read(DataInputStream in) throws IOException {
            byte[] bytes = new byte[in.readUnsignedShort()];
            in.readFully(bytes);
            return new Name(bytes, in.readLong(), in.readLong(), in.readLong());
        }

        int spilledSize() {
            return FIXED + bytes.length;
        }
    }

    private final Path spillFolder;
    private final int limit;
    private final List<Name> names = new ArrayList<>();
    private final List<Path> spilled = new ArrayList<>();
    private final PriorityQueue<Piece> pieces = new PriorityQueue<>(Comparator.comparing(piece -> piece.head));

    /** @param limit how many names are kept in memory */
    SortedNames(Path spillFolder, int limit) {
        this.spillFolder = spillFolder;
        this.limit = limit;
    }

    void add(Name name) throws IOException {
        if (names.size() == limit) {
            spill();
        }
        names.add(name);
    }

    private void spill() throws IOException {
        Collections.sort(names);
        Path file = Files.createTempFile(spillFolder, "names-", ".tmp");
        spilled.add(file);
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            for (Name name : names) {
                name.write(out);
            }
        }
        names.clear();
    }

    /** To be called once, after the last name was added. */
    void finish() throws IOException {
        Collections.sort(names);
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
    @Nullable
    Name next() throws IOException {
        Piece piece = pieces.poll();
        if (piece == null) {
            return null;
        }
        Name name = piece.head;
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
        private final List<Name> inMemory;
        private final @Nullable DataInputStream in;
        private long left;
        private Name head = Name.NONE;
        private int at;

        Piece(List<Name> names) {
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
            head = Name.read(in);
            left -= head.spilledSize();
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
