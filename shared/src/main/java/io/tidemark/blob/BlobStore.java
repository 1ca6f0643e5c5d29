package io.tidemark.blob;

import io.tidemark.failure.DamagedException;
import io.tidemark.file.DurableFiles;
import io.tidemark.zstd.FrameInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A folder of contents, each under the SHA-256 of its bytes: {@code <first two>/<sha256>}, or {@code ….zst} where it is one zstd frame.
 * Whatever has such a name is whole. Any number of threads and processes may read; one at a time takes in, see {@link #intake}.
 */
public final class BlobStore {
    private static final String IDENTITY = "store.id";
    private static final String INTAKE = "new";
    /** One for each first byte of a hash. */
    public static final int FOLDERS = 256;

    private static final int BUFFER = 1 << 16;

    private final Path root;

    /** @param root created when something is first put into it */
    public BlobStore(Path root) {
        this.root = root;
    }

    public Path root() {
        return root;
    }

    /** A random name that is lost with the store, by which a sender sees that what it sent is gone. Made on the first call. */
    public String identity() throws IOException {
        Path file = root.resolve(IDENTITY);
        if (!Files.exists(file)) {
            DurableFiles.createFolders(root);
            DurableFiles.write(file, (UUID.randomUUID() + "\n").getBytes(StandardCharsets.US_ASCII));
        }
        return Files.readString(file, StandardCharsets.US_ASCII).strip();
    }

    public boolean contains(BlobId id) {
        return find(id).isPresent();
    }

    public Optional<StoredBlob> find(BlobId id) {
        return Stream.of(true, false)
                .map(compressed -> new StoredBlob(id, path(new BlobName(id, compressed)), compressed))
                .filter(stored -> Files.exists(stored.path()))
                .findFirst();
    }

    /**
     * Begins to take contents in, and removes what an earlier intake left behind unfinished. Nothing of it is in the store before
     * {@link BlobIntake#commit}.
     */
    public BlobIntake intake() throws IOException {
        Path folder = root.resolve(INTAKE);
        DurableFiles.deleteTree(folder);
        DurableFiles.createFolders(folder);
        return new BlobIntake(this, folder);
    }

    /**
     * The content, decompressed. The stream fails at its end where the bytes are not those that the name says: what was read has to be
     * thrown away then.
     *
     * @throws DamagedBlobException where the store lacks it; the stream throws the same
     */
    public InputStream open(BlobId id) throws IOException {
        return open(id, true);
    }

    private InputStream open(BlobId id, boolean check) throws IOException {
        StoredBlob stored = find(id).orElseThrow(() -> new DamagedBlobException(id, "is not in the store"));
        InputStream file;
        try {
            file = Files.newInputStream(stored.path());
        } catch (NoSuchFileException removedMeanwhile) {
            throw new DamagedBlobException(id, "is not in the store");
        }
        return open(stored, file, check);
    }

    /**
     * The content without its hash being compared again: for a caller who proves in another way what was read, and who asks
     * {@link #check} where that fails.
     */
    public InputStream openUnchecked(BlobId id) throws IOException {
        return open(id, false);
    }

    /** Reads a content to its end. @throws DamagedBlobException where it is not what its name says */
    public void check(BlobId id) throws IOException {
        try (InputStream content = open(id)) {
            content.transferTo(OutputStream.nullOutputStream());
        }
    }

    private static InputStream open(StoredBlob stored, InputStream file, boolean check) throws IOException {
        boolean opened = false;
        try {
            InputStream raw = stored.compressed() ? new FrameInputStream(file) : new BufferedInputStream(file, BUFFER);
            InputStream content = check ? new CheckedBlobStream(stored.id(), raw) : raw;
            opened = true;
            return content;
        } catch (DamagedException noFrame) {
            throw new DamagedBlobException(stored.id(), noFrame);
        } finally {
            if (!opened) {
                file.close();
            }
        }
    }

    public void remove(BlobId id) throws IOException {
        Files.deleteIfExists(path(new BlobName(id, true)));
        Files.deleteIfExists(path(new BlobName(id, false)));
    }

    /** Every content in the order of the hashes, one folder in memory at a time. Close it. */
    public Stream<BlobId> all() {
        return IntStream.range(0, FOLDERS).mapToObj(this::beginningWith).flatMap(List::stream);
    }

    /** Those whose hash begins with this byte, in order. */
    public List<BlobId> beginningWith(int first) {
        return list(root.resolve(String.format(Locale.ROOT, "%02x", first)));
    }

    private static List<BlobId> list(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.flatMap(file -> BlobName.parse(folder.getFileName() + "/" + file.getFileName()).stream())
                    .map(BlobName::id)
                    .distinct()
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    Path path(BlobName name) {
        return root.resolve(name.path());
    }
}
