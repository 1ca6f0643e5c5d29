package io.tidemark.sender.media;

import io.tidemark.bundle.MediaRecord;
import io.tidemark.bundle.NameEncoding;
import io.tidemark.bundle.RecordWriter;
import io.tidemark.file.FileStat;
import io.tidemark.progress.Progress;
import io.tidemark.sender.settings.MediaSettings;
import io.tidemark.sender.state.MediaCatalogue;
import io.tidemark.sender.state.MediaFile;
import io.tidemark.text.Human;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/**
 * Lists the media folder for a complete and hands on the contents that the receiver lacks. A file whose size, time and inode are those of the
 * catalogue is not read again. The heap needed depends neither on the number of files nor on their sizes.
 */
public final class MediaCapture {
    /** The stage that progress tells of, in files. */
    public static final String STAGE = "media";

    private final MediaSettings wanted;
    private final Path scratch;
    private final MediaCatalogue catalogue;
    private final Freshness freshness;
    private final Progress progress;

    /**
     * How a complete's list stands to what partials say.
     *
     * @param after see {@link io.tidemark.bundle.Manifest.Media}; 0 where nobody makes partials
     * @param onlySeen whether files are left to the partials that came since the first look
     * @param keepsGone whether files that are gone are listed as they were
     */
    public record Standing(long after, boolean onlySeen, boolean keepsGone) {
        public static final Standing ALONE = new Standing(0, false, false);
    }

    /** @param scratch a folder of our own; what lies in it is removed */
    public MediaCapture(MediaSettings wanted, Path scratch, MediaCatalogue catalogue, Clock clock, Progress progress) {
        this.wanted = wanted;
        this.scratch = scratch;
        this.catalogue = catalogue;
        this.freshness = new Freshness(clock);
        this.progress = progress;
    }

    /**
     * Fails where a folder or the disk cannot be read, whatever it has written until then.
     *
     * @param list the file to write, {@code media.jsonl.zst}; neither synced nor renamed
     * @throws MediaFolderException where the folder, or one in it, cannot be looked at
     */
    public MediaSummary capture(ContentSink sink, Path list, Standing standing) throws IOException {
        NameEncoding.requireUtf8();
        MediaScratch.empty(scratch);
        LeftOutFiles leftOut = new LeftOutFiles();
        try (MediaWalk walk = new MediaWalk(wanted, scratch, leftOut)) {
            return run(sink, list, standing, leftOut, Optional.of(walk));
        }
    }

    /**
     * Lists files as they were when a bundle spoke of them last, as the folder cannot be looked at; those whose contents the receiver holds.
     *
     * @param after see {@link Standing}
     */
    public MediaSummary asTheyWere(ContentSink sink, Path list, long after) throws IOException {
        return run(sink, list, new Standing(after, false, true), new LeftOutFiles(), Optional.empty());
    }

    private MediaSummary run(
            ContentSink sink, Path list, Standing standing, LeftOutFiles leftOut, Optional<MediaWalk> walk)
            throws IOException {
        progress.begin(STAGE, -1, Progress.Unit.FILES);
        try (ContentReader reader = new ContentReader(sink, MediaScratch.content(scratch), true);
                RecordWriter<MediaRecord> records = RecordWriter.create(list, MediaRecord.class)) {
            Run run = new Run(sink, reader, records, leftOut, standing, walk.isEmpty());
            if (walk.isPresent()) {
                run.all(walk.get());
            }
            run.join.finish();
            MediaSummary summary = new MediaSummary(
                    records.count(), run.bytes, run.read, standing.after(), leftOut.list(), leftOut.unreadable());
            progress.end(STAGE, Human.count(summary.files(), "file") + ", " + Human.count(summary.read()) + " read");
            return summary;
        }
    }

    /** One walk from beginning to end. */
    private final class Run {
        private final ContentSink sink;
        private final ContentReader reader;
        private final RecordWriter<MediaRecord> records;
        private final LeftOutFiles leftOut;
        private final Standing standing;
        private final boolean away;
        private final CatalogueJoin join = new CatalogueJoin(catalogue, true, this::gone);
        private long bytes;
        private long read;

        Run(
                ContentSink sink,
                ContentReader reader,
                RecordWriter<MediaRecord> records,
                LeftOutFiles leftOut,
                Standing standing,
                boolean away) {
            this.sink = sink;
            this.reader = reader;
            this.records = records;
            this.leftOut = leftOut;
            this.standing = standing;
            this.away = away;
        }

        void all(MediaWalk walk) throws IOException {
            for (FoundFile file = walk.next(); file != null; file = walk.next()) {
                take(file);
                progress.advance(STAGE, 1);
            }
        }

        void take(FoundFile found) throws IOException {
            Optional<MediaFile> last = join.find(found.path());
            if (standing.onlySeen() && last.filter(file -> file.said().there()).isEmpty()) {
                return;
            }
            Optional<MediaRecord> unread = last.filter(file -> file.known() && found.isLike(file))
                    .flatMap(MediaFile::blob)
                    .map(blob -> new MediaRecord(
                            found.path(), blob, found.size(), Math.floorDiv(found.modified(), 1_000_000L)));
            if (unread.isPresent()) {
                list(unread.get());
                compare(found.path(), last, unread);
                return;
            }
            try {
                read(found, last);
            } catch (NoSuchFileException vanished) {
                MediaScratch.mustSpeakOf(found, vanished);
                join.note(new MediaCatalogue.Forgotten(found.path()));
                compare(found.path(), last, Optional.empty());
            } catch (AccessDeniedException denied) {
                MediaScratch.mustSpeakOf(found, denied);
                Optional<MediaRecord> before = said(found.path(), last);
                if (before.isPresent()) {
                    list(before.get());
                }
                leftOut.addUnreadable(
                        found.path(),
                        "cannot be read: the sender's user has no right to"
                                + (before.isPresent() ? "; it stays as it was" : ""));
                join.note(new MediaCatalogue.Forgotten(found.path()));
                compare(found.path(), last, before);
            }
        }

        private void read(FoundFile found, Optional<MediaFile> last) throws IOException {
            Reading reading = reader.read(found.file());
            FileStat stat = reading.before();
            read++;
            if (!reading.settled()) {
                leftOut.add(found.path(), "changed each time while it was read; taken as last read");
            }
            if (reading.settled() && !freshness.isTooFresh(stat.modifiedMillis())) {
                join.note(new MediaCatalogue.Read(MediaFile.read(found.path(), stat, reading.blob())));
            } else {
                join.note(new MediaCatalogue.Forgotten(found.path()));
            }
            MediaRecord record = new MediaRecord(found.path(), reading.blob(), reading.size(), stat.modifiedMillis());
            list(record);
            if (last.filter(file -> isInOurHands(file) && file.looksLike(stat)).isPresent()) {
                join.note(new MediaCatalogue.Filled(found.path(), reading.blob()));
            } else {
                compare(found.path(), last, Optional.of(record));
            }
        }

        private boolean isInOurHands(MediaFile file) {
            return file.said().there()
                    && file.said().sure()
                    && file.said().blob().isEmpty();
        }

        private void list(MediaRecord record) throws IOException {
            records.write(record);
            bytes += record.size();
        }

        /** Where the complete says something else than partials do, the next one has to speak of the path. */
        private void compare(String path, Optional<MediaFile> last, Optional<MediaRecord> now) {
            MediaFile.Said said = last.map(MediaFile::said).orElse(MediaFile.Said.NOTHING);
            boolean same = now.isPresent() ? said.is(now.get()) : !said.there() && said.sure();
            if (standing.after() > 0 && !same) {
                join.note(new MediaCatalogue.Unsure(path, standing.after()));
            }
        }

        private void gone(MediaFile last) throws IOException {
            Optional<MediaRecord> before =
                    standing.keepsGone() ? said(last.path(), Optional.of(last)) : Optional.empty();
            if (before.isPresent() && (away || isFree(last.path()))) {
                list(before.get());
                return;
            }
            if (standing.after() == 0) {
                join.note(new MediaCatalogue.Unsaid(last.path()));
                return;
            }
            join.note(new MediaCatalogue.Forgotten(last.path()));
            compare(last.path(), Optional.of(last), Optional.empty());
        }

        /** What is said of it, where the receiver holds the content. */
        private Optional<MediaRecord> said(String path, Optional<MediaFile> last) throws IOException {
            Optional<MediaRecord> said = last.map(MediaFile::said).flatMap(then -> then.record(path));
            return said.isPresent() && sink.known(said.get().blob()) ? said : Optional.empty();
        }

        /** Whether neither a folder stands in its place nor a file in that of one of its folders. */
        private boolean isFree(String path) throws IOException {
            Path root = wanted.folder().orElseThrow();
            for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
                if (FileStat.find(root.resolve(path.substring(0, slash)))
                        .filter(FileStat::isFile)
                        .isPresent()) {
                    return false;
                }
            }
            return FileStat.find(root.resolve(path)).filter(FileStat::isFolder).isEmpty();
        }
    }
}
