package io.tidemark.receiver.media;

import io.tidemark.blob.BlobStore;
import io.tidemark.bundle.MediaRecord;
import io.tidemark.bundle.NameEncoding;
import io.tidemark.crash.CrashPoints;
import io.tidemark.progress.Progress;
import io.tidemark.receiver.inbox.VerifiedBundle;
import io.tidemark.receiver.settings.MediaPlace;
import io.tidemark.text.Human;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the media folder hold what a bundle lists, in two phases around the commit of the rows: {@link #place} before it, so that no row
 * is without its file, and {@link #removeGone} after it. Both may be cut off anywhere and run again; a run that was cut off in the second
 * phase begins with {@link #place} again. Files that no list names are left alone.
 */
public final class MediaPlacer {
    /** The stage that progress tells of, in files. */
    public static final String STAGE = "media";

    private static final int MAX_NOTES = 100;
    private static final Logger LOG = LoggerFactory.getLogger(MediaPlacer.class);

    private final Path folder;
    private final BlobStore store;
    private final boolean link;
    private final CrashPoints crash;
    private final Progress progress;

    /** @param folder made where it is missing */
    public MediaPlacer(Path folder, BlobStore store, MediaPlace how, CrashPoints crash, Progress progress) {
        this.folder = folder;
        this.store = store;
        this.link = how == MediaPlace.LINK;
        this.crash = crash;
        this.progress = progress;
    }

    /** For a complete, with what loaded partials have said since its sender looked at the folder. */
    public MediaWork complete(MediaHistory history, VerifiedBundle bundle) throws IOException {
        return new MediaWork(this, history.complete(bundle));
    }

    /** For a partial that speaks of media. */
    public MediaWork partial(MediaHistory history, VerifiedBundle bundle) throws IOException {
        return new MediaWork(this, history.partial(bundle));
    }

    /**
     * Places what is new, changed, missing or spoilt. A file whose place is taken by something that is not a plain file, or whose folder
     * is, waits for {@link #removeGone}.
     */
    public MediaResult place(MediaLists lists) throws IOException {
        progress.begin(STAGE, lists.files(), Progress.Unit.FILES);
        MediaResult result = place(lists, false);
        crash.pass(MediaStep.MEDIA_PLACED);
        progress.end(
                STAGE,
                Human.count(result.placed(), "file") + " placed, " + Human.count(result.unchanged()) + " unchanged");
        return result;
    }

    /**
     * Removes what the bundle before listed and this one does not, then places what had to wait. What still stands in the way was put
     * there by somebody else: it is moved aside.
     *
     * @param placed what {@link #place} said of the same lists
     * @return both phases together
     */
    public MediaResult removeGone(MediaLists lists, MediaResult placed) throws IOException {
        GoneFiles gone = new GoneFiles(target(), crash);
        if (lists.previous().isPresent()) {
            try (MediaJoin join = new MediaJoin(lists)) {
                for (MediaChange change = join.next(); change != null; change = join.next()) {
                    if (change.now() == null && change.before() != null) {
                        gone.remove(change.before().path());
                    }
                }
            }
            gone.finish();
        }
        MediaResult result = placed.plus(new MediaResult(0, 0, 0, gone.removed(), 0, List.of()));
        if (placed.deferred() == 0) {
            return result;
        }
        MediaResult late = place(lists, true);
        return result.plus(new MediaResult(late.placed(), late.bytes(), 0, 0, 0, late.notes()));
    }

    private TargetFolder target() throws IOException {
        NameEncoding.requireUtf8();
        return new TargetFolder(folder);
    }

    private MediaResult place(MediaLists lists, boolean displace) throws IOException {
        Run run = new Run(target(), displace);
        try (MediaJoin join = new MediaJoin(lists)) {
            for (MediaChange change = join.next(); change != null; change = join.next()) {
                if (change.now() != null) {
                    run.take(change, change.now());
                }
            }
        }
        run.batch.flush();
        return new MediaResult(run.placed, run.bytes, run.unchanged, 0, run.deferred, run.notes);
    }

    /** One pass over the lists. */
    private final class Run {
        private final TargetFolder target;
        private final boolean displace;
        private final FileBatch batch;
        private final PresentFile present = new PresentFile(store, link);
        private final List<String> notes = new ArrayList<>();
        private long placed;
        private long bytes;
        private long unchanged;
        private long deferred;

        Run(TargetFolder target, boolean displace) {
            this.target = target;
            this.displace = displace;
            this.batch = new FileBatch(target, store, link, crash);
        }

        void take(MediaChange change, MediaRecord now) throws IOException {
            Path file = target.file(now.path());
            if (!displace) {
                progress.advance(STAGE, 1);
            }
            if (target.wayTo(now.path(), false) == TargetFolder.Way.CLEAR
                    && present.matches(file, change.before(), now)) {
                unchanged++;
                return;
            }
            if (target.isBlocked(now.path())) {
                if (!displace) {
                    deferred++;
                    return;
                }
                moveAside(now.path());
            }
            target.wayTo(now.path(), true);
            batch.add(now);
            placed++;
            bytes += now.size();
        }

        private void moveAside(String path) throws IOException {
            while (target.isBlocked(path)) {
                String note = "what stood in the way of media file " + path + " is now " + target.moveAside(path);
                LOG.warn("{}", note);
                if (notes.size() < MAX_NOTES) {
                    notes.add(note);
                }
            }
        }
    }
}
