package io.tidemark.sender.state;

import io.tidemark.blob.BlobId;
import io.tidemark.bundle.MediaRecord;
import io.tidemark.file.FileStat;
import java.util.Optional;

/**
 * What is remembered of a media file: how it was when last read, and what the partials up to now say of it.
 *
 * @param path relative to the media folder
 * @param modified nanoseconds since 1970
 * @param inode below 0 where no reading is known
 * @param blob empty where it was seen and not read
 * @param known whether the receiver held the content when the catalogue was asked, see {@link SenderState#known}; not remembered itself
 * @param said what partials have said
 */
public record MediaFile(
        String path, long size, long modified, long inode, Optional<BlobId> blob, boolean known, Said said) {
    /**
     * What the partials that are made up to now say of a path, or the complete that they stand on.
     *
     * @param there whether they say that the file is there
     * @param blob empty where they do not, and where nobody has read it since they stand on the complete that lists it
     * @param modified milliseconds since 1970
     * @param sure false where a complete has said something else since: the next partial has to speak of the path
     */
    public record Said(boolean there, Optional<BlobId> blob, long size, long modified, boolean sure) {
        public static final Said NOTHING = new Said(false, Optional.empty(), 0, 0, true);

        /** Whether a partial need not say this. */
        public boolean is(MediaRecord file) {
            return sure
                    && there
                    && blob.filter(file.blob()::equals).isPresent()
                    && modified == file.modified()
                    && size == file.size();
        }

        /** What it says, where all of that is known. */
        public Optional<MediaRecord> record(String path) {
            return there ? blob.map(id -> new MediaRecord(path, id, size, modified)) : Optional.empty();
        }
    }

    public static MediaFile read(String path, FileStat stat, BlobId blob) {
        return new MediaFile(path, stat.size(), stat.modified(), stat.inode(), Optional.of(blob), true, Said.NOTHING);
    }

    /** Whether size, time and inode are those of the last look. */
    public boolean looksLike(FileStat stat) {
        return inode == stat.inode() && size == stat.size() && modified == stat.modified();
    }
}
