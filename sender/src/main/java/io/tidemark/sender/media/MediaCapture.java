package io.tidemark.sender.media;

import io.tidemark.blob.BlobId;
import io.tidemark.bundle.MediaRecord;
import io.tidemark.bundle.NameEncoding;
import io.tidemark.bundle.RecordWriter;
import io.tidemark.file.FileStat;
import io.tidemark.progress.Progress;
import io.tidemark.sender.state.MediaCatalogue;
import io.tidemark.sender.state.MediaFile;
import io.tidemark.text.Human;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Lists the media folder and hands on the contents that the receiver lacks. A file whose size, time and inode are those of the catalogue
 * is not read again. The heap needed depends neither on the number of files nor on their sizes.
 */
public final class MediaCapture {
    /** The stage that progress tells of, in files. */
    public static final String STAGE = "media";

    /**
     * A file changed so shortly before it was read may change once more without its time telling, where clocks tick coarsely; it is read
     * again the next time.
     */
    private static final Duration TOO_FRESH = Duration.ofSeconds(2);

    private final Path root;
    private final Path scratch;
    private final MediaCatalogue catalogue;
    private final Clock clock;
    private final Progress progress;

    /** @param scratch a folder of our own; what lies in it is removed */
    public MediaCapture(Path root, Path scratch, MediaCatalogue catalogue, Clock clock, Progress progress) {
        this.root = root;
        this.scratch = scratch;
        this.catalogue = catalogue;
        this.clock = clock;
        this.progress = progress;
    }

    /**
     * Fails where a folder or the disk cannot be read, whatever it has written until then.
     *
     * @param list the file to write, {@code media.jsonl.zst}; neither synced nor renamed
     */
    public MediaSummary capture(ContentSink sink, Path list) throws IOException {
        NameEncoding.requireUtf8();
        emptyScratch();
        LeftOutFiles leftOut = new LeftOutFiles();
        progress.begin(STAGE, -1, Progress.Unit.FILES);
        try (MediaWalk walk = new MediaWalk(root, scratch, leftOut);
                ContentReader reader = new ContentReader(sink, scratch.resolve("content.tmp"));
                RecordWriter<MediaRecord> records = RecordWriter.create(list, MediaRecord.class)) {
            Run run = new Run(reader, records, leftOut);
            for (FoundFile file = walk.next(); file != null; file = walk.next()) {
                run.take(file);
                progress.advance(STAGE, 1);
            }
            run.join.finish();
            MediaSummary summary = new MediaSummary(records.count(), run.bytes, run.read, leftOut.list());
            progress.end(STAGE, Human.count(summary.files(), "file") + ", " + Human.count(summary.read()) + " read");
            return summary;
        }
    }

    private void emptyScratch() throws IOException {
        Files.createDirectories(scratch);
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(scratch)) {
            for (Path leftover : leftovers) {
                Files.delete(leftover);
            }
        }
    }

    /** One walk from beginning to end. */
    private final class Run {
        private final ContentReader reader;
        private final RecordWriter<MediaRecord> records;
        private final LeftOutFiles leftOut;
        private final CatalogueJoin join = new CatalogueJoin(catalogue);
        private long bytes;
        private long read;

        Run(ContentReader reader, RecordWriter<MediaRecord> records, LeftOutFiles leftOut) {
            this.reader = reader;
            this.records = records;
            this.leftOut = leftOut;
        }

        void take(FoundFile found) throws IOException {
            Optional<MediaFile> last = join.find(found.path());
            if (last.isPresent() && last.get().known() && isAsLastRead(found.stat(), last.get())) {
                list(found.path(), last.get().blob(), found.stat());
                return;
            }
            try {
                read(found);
            } catch (NoSuchFileException vanished) {
                mustSpeakOf(found, vanished);
                join.remove(found.path());
            } catch (AccessDeniedException denied) {
                mustSpeakOf(found, denied);
                leftOut.add(found.path(), "cannot be read: the sender's user has no right to");
                join.remove(found.path());
            }
        }

        /** Trouble with a file of our own is no reason to leave out one of theirs. */
        private static void mustSpeakOf(FoundFile found, FileSystemException failure) throws IOException {
            if (!found.file().toString().equals(failure.getFile())) {
                throw failure;
            }
        }

        private void read(FoundFile found) throws IOException {
            Reading reading = reader.read(found.file());
            FileStat stat = reading.before();
            read++;
            if (!reading.settled()) {
                leftOut.add(found.path(), "changed each time while it was read; taken as last read");
            }
            if (reading.settled() && !isTooFresh(stat)) {
                join.put(new MediaFile(found.path(), stat.size(), stat.modified(), stat.inode(), reading.blob(), true));
            } else {
                join.remove(found.path());
            }
            records.write(new MediaRecord(found.path(), reading.blob(), reading.size(), stat.modifiedMillis()));
            bytes += reading.size();
        }

        private void list(String path, BlobId blob, FileStat stat) throws IOException {
            records.write(new MediaRecord(path, blob, stat.size(), stat.modifiedMillis()));
            bytes += stat.size();
        }
    }

    private static boolean isAsLastRead(FileStat stat, MediaFile last) {
        return stat.size() == last.size() && stat.modified() == last.modified() && stat.inode() == last.inode();
    }

    private boolean isTooFresh(FileStat stat) {
        return stat.modifiedMillis() > clock.millis() - TOO_FRESH.toMillis();
    }
}
