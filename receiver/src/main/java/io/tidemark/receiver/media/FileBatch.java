package io.tidemark.receiver.media;

import io.tidemark.blob.BlobId;
import io.tidemark.blob.BlobStore;
import io.tidemark.blob.DamagedBlobException;
import io.tidemark.blob.StoredBlob;
import io.tidemark.bundle.MediaPath;
import io.tidemark.bundle.MediaRecord;
import io.tidemark.crash.CrashPoints;
import io.tidemark.file.DurableFiles;
import io.tidemark.file.FileStat;
import io.tidemark.file.ParallelSync;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Files on their way into the media folder: written beside their places, made durable together, then renamed one by one. */
final class FileBatch {
    static final int MAX_FILES = 256;

    private static final long MAX_BYTES = 256L << 20;
    private static final int BUFFER = 1 << 17;
    private static final int UNIQUE_DIGITS = 24;
    private static final int STORE_AND_ONE = 2;

    private final TargetFolder target;
    private final BlobStore store;
    private final boolean link;
    private final CrashPoints crash;
    private final List<Staged> staged = new ArrayList<>();
    private final List<Path> copies = new ArrayList<>();
    private long bytes;

    /** A file beside its place. */
    private record Staged(Path part, MediaRecord record) {}

    FileBatch(TargetFolder target, BlobStore store, boolean link, CrashPoints crash) {
        this.target = target;
        this.store = store;
        this.link = link;
        this.crash = crash;
    }

    /** The way to its place must be clear. */
    void add(MediaRecord record) throws IOException {
        Path part = target.file(record.path()).resolveSibling(MediaPath.temporary(unique(record.path())));
        // Left by a run that was cut off.
        Files.deleteIfExists(part);
        if (!linked(record, part)) {
            copy(record, part);
            copies.add(part);
            bytes += record.size();
        }
        staged.add(new Staged(part, record));
        crash.pass(MediaStep.MEDIA_PART);
        if (staged.size() >= MAX_FILES || bytes >= MAX_BYTES) {
            flush();
        }
    }

    /** The same for the same path, so that a run that was cut off leaves nothing that the next one does not take up. */
    private static String unique(String path) {
        MessageDigest digest = BlobId.sha256();
        digest.update(path.getBytes(StandardCharsets.UTF_8));
        return BlobId.of(digest).hex().substring(0, UNIQUE_DIGITS);
    }

    /** False where only a copy will do: other file system, too many links, no right to link, stored compressed. */
    private boolean linked(MediaRecord record, Path part) throws IOException {
        Optional<StoredBlob> stored = store.find(record.blob());
        if (!link || record.size() == 0 || stored.isEmpty() || stored.get().compressed()) {
            return false;
        }
        try {
            Files.createLink(part, stored.get().path());
        } catch (NoSuchFileException gone) {
            throw new DamagedBlobException(record.blob(), "is not in the store");
        } catch (FileSystemException | UnsupportedOperationException onlyACopyWillDo) {
            return false;
        }
        FileStat stat = FileStat.of(part);
        checkSize(record, stat.size());
        if (stat.links() == STORE_AND_ONE) {
            PresentFile.setTime(part, record);
        }
        return true;
    }

    private void copy(MediaRecord record, Path part) throws IOException {
        try (InputStream in = store.open(record.blob());
                OutputStream out =
                        Files.newOutputStream(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            byte[] buffer = new byte[BUFFER];
            long size = 0;
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
                size += read;
            }
            checkSize(record, size);
        }
        PresentFile.setTime(part, record);
    }

    private static void checkSize(MediaRecord record, long size) throws DamagedBlobException {
        if (size != record.size()) {
            throw new DamagedBlobException(
                    record.blob(),
                    "has " + size + " bytes and not the " + record.size() + " of media file " + record.path());
        }
    }

    /** Gives the files their names, durably. */
    void flush() throws IOException {
        if (!copies.isEmpty()) {
            ParallelSync.forEach(copies.iterator(), DurableFiles::syncFile);
        }
        crash.pass(MediaStep.MEDIA_SYNC);
        target.lookAgain();
        for (Staged file : staged) {
            rename(file);
        }
        target.sync();
        staged.clear();
        copies.clear();
        bytes = 0;
    }

    private void rename(Staged file) throws IOException {
        if (target.wayTo(file.record.path(), false) != TargetFolder.Way.CLEAR) {
            throw new IOException("the folder of media file " + file.record.path() + " was replaced meanwhile");
        }
        Path place = target.file(file.record.path());
        Files.move(file.part, place, StandardCopyOption.ATOMIC_MOVE);
        // Renaming one name of a file to another name of the same file does nothing at all.
        Files.deleteIfExists(file.part);
        target.changed(place.resolveSibling(""));
        crash.pass(MediaStep.MEDIA_RENAME);
    }
}
