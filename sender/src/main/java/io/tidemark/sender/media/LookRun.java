package io.tidemark.sender.media;

import io.tidemark.blob.BlobId;
import io.tidemark.bundle.MediaDelta;
import io.tidemark.bundle.MediaRecord;
import io.tidemark.file.FileStat;
import io.tidemark.sender.settings.MediaSettings;
import io.tidemark.sender.state.MediaCatalogue;
import io.tidemark.sender.state.MediaChain;
import io.tidemark.sender.state.MediaFile;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One look at the folder for a partial, from beginning to end. */
final class LookRun {
    private final MediaSettings settings;
    private final MediaChain chain;
    private final Set<BlobId> wanted;
    private final Freshness freshness;
    private final long look;
    private final CatalogueJoin join;
    private final List<MediaDelta> said = new ArrayList<>();
    private final List<String> gone = new ArrayList<>();
    private final Set<BlobId> found = new HashSet<>();
    private boolean differs;
    private long read;
    private UnreadableFiles unreadable = UnreadableFiles.NONE;

    /** Where contents go to; a look without it reads no file. */
    record Reads(ContentReader reader, ContentSink sink, MediaLook.BeforeReading before) {}

    /**
     * @param wanted contents that the receiver asked for
     * @param look its number
     */
    LookRun(
            MediaSettings settings,
            MediaChain chain,
            MediaCatalogue catalogue,
            Set<BlobId> wanted,
            Freshness freshness,
            long look) {
        this.settings = settings;
        this.chain = chain;
        this.wanted = wanted;
        this.freshness = freshness;
        this.look = look;
        this.join = new CatalogueJoin(catalogue, false, this::gone);
    }

    void all(MediaWalk walk, Optional<Reads> reads) throws IOException {
        for (FoundFile file = walk.next(); file != null; file = walk.next()) {
            take(file, join.find(file.path()), reads);
        }
        join.finish();
        writeSaid();
        writeGone();
    }

    /** Whether something is to be said or to be read. */
    boolean differs() {
        return differs;
    }

    long read() {
        return read;
    }

    /** Files that nobody lets us read. */
    UnreadableFiles unreadable() {
        return unreadable;
    }

    /** Those of the wanted contents that are there. */
    Set<BlobId> found() {
        return found;
    }

    private void take(FoundFile file, Optional<MediaFile> last, Optional<Reads> reads) throws IOException {
        if (last.filter(file::isLike).filter(this::isSaid).isPresent()) {
            return;
        }
        if (reads.isEmpty()) {
            ask(file);
            return;
        }
        try {
            read(file, last, reads.get());
        } catch (NoSuchFileException vanished) {
            MediaScratch.mustSpeakOf(file, vanished);
        } catch (AccessDeniedException denied) {
            MediaScratch.mustSpeakOf(file, denied);
            unreadable = unreadable.and(file.path());
        }
    }

    private void ask(FoundFile file) {
        if (Files.isReadable(file.file())) {
            differs = true;
        } else if (Files.exists(file.file())) {
            unreadable = unreadable.and(file.path());
        }
    }

    /** Whether nothing is left to say of a file that is as it was at the last look. */
    private boolean isSaid(MediaFile file) {
        MediaFile.Said said = file.said();
        if (!said.there()
                || !said.sure()
                || file.blob().filter(wanted::contains).isPresent()) {
            return false;
        }
        long millis = Math.floorDiv(file.modified(), 1_000_000L);
        return said.size() == file.size()
                && said.modified() == millis
                && (said.blob().isEmpty() || said.blob().equals(file.blob()));
    }

    /** A file that does not hold still waits for the next partial: nobody names a file that is still being written. */
    private void read(FoundFile file, Optional<MediaFile> last, Reads reads) throws IOException {
        Optional<BlobId> known = last.filter(file::isLike).flatMap(MediaFile::blob);
        if (known.isPresent() && reads.sink().known(known.get())) {
            say(
                    new MediaRecord(file.path(), known.get(), file.size(), Math.floorDiv(file.modified(), 1_000_000L)),
                    last);
            return;
        }
        reads.before().read(file.size());
        Reading reading = reads.reader().read(file.file());
        read++;
        if (!reading.settled()) {
            return;
        }
        FileStat stat = reading.before();
        if (!freshness.isTooFresh(stat.modifiedMillis())) {
            join.note(new MediaCatalogue.Read(MediaFile.read(file.path(), stat, reading.blob())));
        }
        say(new MediaRecord(file.path(), reading.blob(), reading.size(), stat.modifiedMillis()), last);
    }

    private void say(MediaRecord record, Optional<MediaFile> last) {
        MediaFile.Said before = last.map(MediaFile::said).orElse(MediaFile.Said.NOTHING);
        boolean asked = wanted.contains(record.blob());
        if (asked) {
            found.add(record.blob());
        }
        if (asked || !before.is(record)) {
            said.add(MediaDelta.of(before.there() ? MediaDelta.Op.CHANGED : MediaDelta.Op.ADDED, record));
            if (said.size() >= CatalogueJoin.BATCH) {
                writeSaid();
            }
        }
    }

    private void gone(MediaFile file) throws IOException {
        if (isThere(file.path())) {
            return;
        }
        if (!file.said().there() && file.said().sure()) {
            join.note(new MediaCatalogue.Forgotten(file.path()));
            return;
        }
        gone.add(file.path());
        if (gone.size() >= CatalogueJoin.BATCH) {
            writeGone();
        }
    }

    /** Some file systems leave a name out of a listing while others come and go: what the listing lacks may be there all the same. */
    private boolean isThere(String path) throws IOException {
        if (!settings.takes(path)) {
            return false;
        }
        Path root = settings.folder().orElseThrow();
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            String above = path.substring(0, slash);
            if (!settings.enters(above)
                    || FileStat.find(root.resolve(above))
                            .filter(FileStat::isFolder)
                            .isEmpty()) {
                return false;
            }
        }
        return FileStat.find(root.resolve(path)).filter(FileStat::isFile).isPresent();
    }

    private void writeSaid() {
        if (!said.isEmpty()) {
            chain.say(said);
            said.clear();
        }
    }

    private void writeGone() {
        if (!gone.isEmpty()) {
            chain.gone(gone, look);
            gone.clear();
        }
    }
}
