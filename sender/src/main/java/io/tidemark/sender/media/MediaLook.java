package io.tidemark.sender.media;

import io.tidemark.blob.BlobId;
import io.tidemark.bundle.BundleKind;
import io.tidemark.bundle.Manifest;
import io.tidemark.bundle.MediaDelta;
import io.tidemark.bundle.NameEncoding;
import io.tidemark.bundle.RecordWriter;
import io.tidemark.sender.settings.MediaSettings;
import io.tidemark.sender.state.MediaChain;
import io.tidemark.sender.state.MediaChain.Gone;
import io.tidemark.sender.state.SenderState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the media folder for partials: what is new, changed or gone since the last one spoke of it. A file is read only where size, time or
 * inode are not those of the last look. For one thread at a time, which has the {@link MediaTurn}.
 */
public final class MediaLook {
    private static final Logger LOG = LoggerFactory.getLogger(MediaLook.class);

    private final MediaSettings wanted;
    private final Path scratch;
    private final SenderState state;
    private final MediaChain chain;
    private final Clock clock;
    private final MediaTrouble trouble;
    private final DeletionGuard guard;
    private long look;
    private long leftOut;
    private Instant last = Instant.MIN;
    private boolean left;

    /** @param scratch a folder of our own; what lies in it is removed */
    public MediaLook(MediaSettings wanted, Path scratch, SenderState state, Clock clock) {
        this.wanted = wanted;
        this.scratch = scratch;
        this.state = state;
        this.chain = state.mediaChain();
        this.clock = clock;
        this.trouble = new MediaTrouble(state, clock, BundleKind.PARTIAL);
        this.guard = new DeletionGuard(wanted.deleteGuard());
    }

    /**
     * What a partial has to say of media.
     *
     * @param list {@code media.jsonl.zst}; empty where there is nothing to say
     * @param again whether files are gone that the next partial may speak of, as rows of this one may need them
     * @param read files that were read
     */
    public record Found(Manifest.Media totals, Optional<Path> list, boolean again, long read) {}

    /** Whether media travel at all. */
    public boolean isManaged() {
        return wanted.folder().isPresent();
    }

    /** Whether partials speak of media, and the time has come to look. */
    public boolean isDue() {
        boolean due = last.equals(Instant.MIN)
                || clock.instant().isBefore(last)
                || !clock.instant().isBefore(last.plus(wanted.interval()));
        return isManaged() && due && chain.isBased();
    }

    public Found nothing() {
        return new Found(
                isManaged() ? Manifest.Media.ofPartial(0, 0, 0) : Manifest.Media.none(), Optional.empty(), false, 0);
    }

    /** Whether the last look left deletions to the next one. */
    public boolean left() {
        return left;
    }

    /** Whether there is something to say or to read. Reads no file. */
    public boolean differs() throws IOException {
        Set<BlobId> asked = state.wanted().all();
        LookRun run = new LookRun(wanted, chain, state.media(), asked, new Freshness(clock), ++look);
        if (!walk(run, Optional.empty())) {
            return false;
        }
        return run.differs() || !asked.isEmpty() || gone().all() > 0;
    }

    /**
     * Looks, reads what has to be read, and makes what is said pending.
     *
     * @param pulse called before each file that is read, with its size
     * @param folder where the list is written
     */
    public Found look(ContentSink sink, BeforeReading pulse, Path folder) throws IOException {
        chain.forgetPending();
        last = clock.instant();
        Set<BlobId> asked = state.wanted().all();
        LookRun run = new LookRun(wanted, chain, state.media(), asked, new Freshness(clock), ++look);
        try (ContentReader reader = new ContentReader(sink, MediaScratch.content(scratch), false)) {
            if (!walk(run, Optional.of(new LookRun.Reads(reader, sink, pulse)))) {
                chain.forgetPending();
                return nothing();
            }
        }
        Gone gone = gone();
        if (gone.ripe() > 0) {
            chain.sayRipeGone(look);
        }
        left = gone.all() > gone.ripe();
        give(asked, run.found());
        return write(folder.resolve("media.jsonl.zst"), left, run.read());
    }

    /** Told before a file is read. */
    @FunctionalInterface
    public interface BeforeReading {
        void read(long size);
    }

    /** False where the folder cannot be looked at: rows go on without it, and nothing is taken for deleted. */
    private boolean walk(LookRun run, Optional<LookRun.Reads> reads) throws IOException {
        NameEncoding.requireUtf8();
        MediaScratch.empty(scratch);
        LeftOutFiles odd = new LeftOutFiles();
        try (MediaWalk walk = new MediaWalk(wanted, scratch, odd)) {
            run.all(walk, reads);
        } catch (MediaFolderException away) {
            trouble.away(away);
            return false;
        }
        trouble.there(run.unreadable());
        if (odd.count() + run.unreadable().count() != leftOut) {
            leftOut = odd.count() + run.unreadable().count();
            LOG.warn("{} media files are left out; the next complete's manifest names them", leftOut);
        }
        return true;
    }

    private Gone gone() {
        Gone gone = chain.gone(look);
        long all = gone.all() == 0 ? 0 : chain.count();
        // What is at another path now was renamed.
        long lost = guard.holds(gone.all(), all) ? chain.lost(look) : 0;
        chain.clearGone(look);
        if (guard.holds(lost, all)) {
            trouble.held(
                    wanted.folder().orElseThrow().toString(),
                    lost,
                    all,
                    "tidemark-sender partial --accept-media-deletion");
            return new Gone(0, 0);
        }
        trouble.notHeld();
        return gone;
    }

    /** What no file has any more can only be left out by a complete. */
    private void give(Set<BlobId> asked, Set<BlobId> found) {
        if (asked.isEmpty()) {
            return;
        }
        asked.removeAll(found);
        boolean partial = state.wanted().end(found);
        if (state.wanted().end(asked) && !asked.isEmpty()) {
            state.chain().requestComplete("the receiver lacks contents of media that are gone here");
        }
        LOG.info(
                "the receiver asked for {} contents; {} are media files that are here{}",
                asked.size() + found.size(),
                found.size(),
                partial ? ", and partials wait for them" : "");
    }

    private Found write(Path list, boolean again, long read) throws IOException {
        long files = 0;
        long bytes = 0;
        long removed = 0;
        try (RecordWriter<MediaDelta> lines = RecordWriter.create(list, MediaDelta.class)) {
            String after = "";
            for (List<MediaDelta> page = chain.pending(after, CatalogueJoin.BATCH);
                    !page.isEmpty();
                    page = chain.pending(after, CatalogueJoin.BATCH)) {
                for (MediaDelta line : page) {
                    lines.write(line);
                    Long size = line.size();
                    files += size == null ? 0 : 1;
                    bytes += size == null ? 0 : size;
                    removed += size == null ? 1 : 0;
                    after = line.path();
                }
            }
        }
        Manifest.Media totals = Manifest.Media.ofPartial(files, bytes, removed);
        return new Found(totals, files + removed > 0 ? Optional.of(list) : Optional.empty(), again, read);
    }
}
