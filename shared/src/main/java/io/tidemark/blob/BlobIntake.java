package io.tidemark.blob;

import io.tidemark.file.DurableFiles;
import io.tidemark.file.ParallelSync;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.BitSet;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Contents on their way into a {@link BlobStore}. They are written beside the store, checked there, and enter it together: what makes a
 * thousand small files durable at once takes a tenth of the time of a thousand fsyncs. For one thread; the checks have their own.
 */
public final class BlobIntake implements Closeable {
    /** Up to here a content is read back for its check, out of the file system's cache; a larger one is checked while it is written. */
    private static final long READ_BACK = 16L << 20;

    private final BlobStore store;
    private final Path folder;
    private final BlobChecks checks = new BlobChecks();
    /** Those of the store that have to be durable at the end. Also of known contents: a process killed before may not have come so far. */
    private final BitSet touched = new BitSet();

    BlobIntake(BlobStore store, Path folder) {
        this.store = store;
        this.folder = folder;
    }

    /**
     * Reads the whole stream. What the store has already is checked all the same and then thrown away. Damage of a content may show only
     * with a later call.
     *
     * @param stored the stored bytes; ends with them and stays open
     * @return whether the content is new to the store
     * @throws DamagedBlobException where the bytes are not those that the name says, or are compressed in a way that is not allowed
     */
    public boolean put(BlobName name, long storedSize, InputStream stored) throws IOException {
        touched.set(Integer.parseInt(name.id().hex().substring(0, 2), 16));
        boolean known = store.contains(name.id()) || isTaken(name.id());
        if (known) {
            BlobCheck.check(name, storedSize, stored);
        } else {
            write(name, storedSize, stored);
        }
        return !known;
    }

    private void write(BlobName name, long storedSize, InputStream stored) throws IOException {
        Path part = folder.resolve(name.fileName());
        boolean whole = false;
        try (OutputStream out = Files.newOutputStream(part)) {
            if (storedSize > READ_BACK) {
                BlobCheck.check(name, storedSize, new CopyingStream(stored, out));
            } else {
                stored.transferTo(out);
                checks.add(name, part);
            }
            whole = true;
        } finally {
            if (!whole) {
                Files.deleteIfExists(part);
            }
        }
    }

    private boolean isTaken(BlobId id) {
        return Files.exists(folder.resolve(new BlobName(id, true).fileName()))
                || Files.exists(folder.resolve(new BlobName(id, false).fileName()));
    }

    /** Returns when everything that was put is known to be good. @throws DamagedBlobException where something is not */
    public void await() throws IOException {
        checks.await();
    }

    /** Makes everything that was put durable and then visible in the store. @throws DamagedBlobException where something is not good */
    public void commit() throws IOException {
        await();
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder)) {
            ParallelSync.forEach(parts.iterator(), DurableFiles::syncFile);
        }
        for (Path target : (Iterable<Path>) touchedFolders()::iterator) {
            DurableFiles.createFolders(target);
        }
        while (moveAll()) {
            // A listing may skip names while others leave the folder: until nothing is left.
        }
        ParallelSync.forEach(touchedFolders().iterator(), DurableFiles::syncFolder);
        touched.clear();
    }

    private Stream<Path> touchedFolders() {
        return touched.stream().mapToObj(number -> store.root().resolve(String.format(Locale.ROOT, "%02x", number)));
    }

    /** False where there was nothing to move. */
    private boolean moveAll() throws IOException {
        boolean moved = false;
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder)) {
            for (Path part : parts) {
                String name = part.getFileName().toString();
                Path target = store.root().resolve(name.substring(0, 2)).resolve(name);
                Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
                moved = true;
            }
        }
        return moved;
    }

    /** Throws away what was put since and not committed. */
    @Override
    public void close() throws IOException {
        checks.close();
        DurableFiles.deleteTree(folder);
    }
}
