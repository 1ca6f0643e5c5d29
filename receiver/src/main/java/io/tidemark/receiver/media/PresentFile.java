package io.tidemark.receiver.media;

import io.tidemark.blob.BlobId;
import io.tidemark.blob.BlobStore;
import io.tidemark.blob.DamagedBlobException;
import io.tidemark.blob.StoredBlob;
import io.tidemark.bundle.MediaRecord;
import io.tidemark.file.FileStat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides whether a file on disk is what a list says, reading it only where nothing else can tell. */
final class PresentFile {
    /** What file systems with coarse times round away. */
    private static final long SLACK_MILLIS = 2000;

    private static final int BUFFER = 1 << 17;
    /** Links of a file that has one name in the store and one in the media folder. */
    private static final int STORE_AND_ONE = 2;

    private final BlobStore store;
    private final boolean link;

    PresentFile(BlobStore store, boolean link) {
        this.store = store;
        this.link = link;
    }

    /**
     * Whether it need not be placed. Its time is put right where that is all that differs.
     *
     * @param before what the list of the bundle before says of the path
     */
    boolean matches(Path file, @Nullable MediaRecord before, MediaRecord now) throws IOException {
        Optional<FileStat> found = FileStat.find(file);
        if (found.isEmpty() || !found.get().isFile() || found.get().size() != now.size()) {
            return false;
        }
        FileStat stat = found.get();
        @Nullable MediaRecord same = before != null && before.blob().equals(now.blob()) ? before : null;
        if (same != null && isAbout(stat, now.modified())) {
            if (stat.links() <= STORE_AND_ONE && same.modified() != now.modified()) {
                setTime(file, now);
            }
            return true;
        }
        Optional<StoredBlob> stored = store.find(now.blob());
        if (stored.isPresent() && isNameOf(stored.get(), stat)) {
            return matchesLinked(file, stat, now, same != null);
        }
        if (same != null && isAbout(stat, same.modified())) {
            setTime(file, now);
            return true;
        }
        // A link costs less than reading, and saves room.
        boolean linkable = link && stored.isPresent() && !stored.get().compressed() && now.size() > 0;
        if (linkable || !hash(file).equals(now.blob())) {
            return false;
        }
        setTime(file, now);
        return true;
    }

    /**
     * A file that is the stored content itself. Several paths may share it and then cannot each have a time of their own: the first one's
     * stays. With one path alone another time means that somebody wrote into it, and so into the store.
     */
    private static boolean matchesLinked(Path file, FileStat stat, MediaRecord now, boolean asBefore)
            throws IOException {
        if (stat.links() == STORE_AND_ONE && !isAbout(stat, now.modified())) {
            if (asBefore && !hash(file).equals(now.blob())) {
                throw new DamagedBlobException(now.blob(), "was written into through media file " + now.path());
            }
            setTime(file, now);
        }
        return true;
    }

    private static boolean isNameOf(StoredBlob stored, FileStat stat) throws IOException {
        return FileStat.find(stored.path()).filter(stat::isSameFileAs).isPresent();
    }

    private static boolean isAbout(FileStat stat, long millis) {
        return Math.abs(stat.modifiedMillis() - millis) < SLACK_MILLIS;
    }

    static void setTime(Path file, MediaRecord record) throws IOException {
        Files.getFileAttributeView(file, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .setTimes(FileTime.fromMillis(record.modified()), null, null);
    }

    private static BlobId hash(Path file) throws IOException {
        MessageDigest digest = BlobId.sha256();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return BlobId.of(digest);
    }
}
