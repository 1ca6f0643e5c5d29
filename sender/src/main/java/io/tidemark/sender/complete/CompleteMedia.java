package io.tidemark.sender.complete;

import io.tidemark.bundle.BundleKind;
import io.tidemark.bundle.Manifest;
import io.tidemark.bundle.MediaRecord;
import io.tidemark.bundle.RecordWriter;
import io.tidemark.position.Lsn;
import io.tidemark.progress.Progress;
import io.tidemark.sender.media.DeletionGuard;
import io.tidemark.sender.media.MediaCapture;
import io.tidemark.sender.media.MediaCapture.Standing;
import io.tidemark.sender.media.MediaFolderException;
import io.tidemark.sender.media.MediaScan;
import io.tidemark.sender.media.MediaSummary;
import io.tidemark.sender.media.MediaTrouble;
import io.tidemark.sender.media.MediaTurn;
import io.tidemark.sender.outbox.VolumePacker;
import io.tidemark.sender.settings.MediaSettings;
import io.tidemark.sender.settings.SenderSettings;
import io.tidemark.sender.state.MediaChain;
import io.tidemark.sender.state.SenderState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The media of a complete. Where partials speak of media already, little is new since the last one, and all of it is read while partials wait.
 * Where they do not, all there is is taken note of while they wait, and read afterwards: what becomes different meanwhile is theirs to tell.
 */
final class CompleteMedia {
    private static final Logger LOG = LoggerFactory.getLogger(CompleteMedia.class);

    private final MediaSettings wanted;
    private final Path workFolder;
    private final SenderState state;
    private final Clock clock;
    private final Progress progress;
    private final MediaTrouble trouble;

    CompleteMedia(SenderSettings settings, SenderState state, Clock clock, Progress progress) {
        this.wanted = settings.media();
        this.workFolder = settings.workFolder();
        this.state = state;
        this.clock = clock;
        this.progress = progress;
        this.trouble = new MediaTrouble(state, clock, BundleKind.COMPLETE);
    }

    /**
     * @param folder a private folder
     * @param list the file to write
     * @param cut where the rows were cut
     */
    Manifest.Media capture(VolumePacker packer, Path folder, Path list, Lsn cut, List<Manifest.LeftOut> leftOut)
            throws IOException {
        if (wanted.folder().isEmpty()) {
            trouble.none();
            return none(list);
        }
        Path scratch = folder.resolve("media");
        MediaCapture capture = new MediaCapture(wanted, scratch, state.media(), clock, progress);
        return new Captured(capture, scratch, new MediaPacker(packer, state), list, leftOut).media(cut);
    }

    private Manifest.Media none(Path list) throws IOException {
        RecordWriter.create(list, MediaRecord.class).close();
        state.mediaChain().leave();
        return Manifest.Media.none();
    }

    /** The media of one complete. */
    private final class Captured {
        private final MediaChain chain = state.mediaChain();
        private final MediaCapture capture;
        private final Path scratch;
        private final MediaPacker sink;
        private final Path list;
        private final List<Manifest.LeftOut> leftOut;

        Captured(MediaCapture capture, Path scratch, MediaPacker sink, Path list, List<Manifest.LeftOut> leftOut) {
            this.capture = capture;
            this.scratch = scratch;
            this.sink = sink;
            this.list = list;
            this.leftOut = leftOut;
        }

        Manifest.Media media(Lsn cut) throws IOException {
            boolean alone = state.chain().chain().isEmpty();
            long after = 0;
            Standing standing;
            try (MediaTurn turn = MediaTurn.take(workFolder)) {
                LOG.debug("holding {}", turn);
                boolean first = alone || !chain.stands();
                after = alone ? 0 : chain.begin(cut);
                boolean held = isHeld(new MediaScan(wanted, scratch, state, first).run(), first);
                standing = new Standing(after, first, held);
                if (!first) {
                    return read(standing);
                }
                if (!alone) {
                    chain.based();
                }
            } catch (MediaFolderException away) {
                return asTheyWere(away, after);
            }
            try {
                return read(standing);
            } catch (MediaFolderException away) {
                return asTheyWere(away, after);
            }
        }

        private Manifest.Media read(Standing standing) throws IOException {
            MediaSummary summary = capture.capture(sink, list, standing);
            leftOut.addAll(summary.leftOut());
            trouble.there(summary.unreadable());
            return summary.totals();
        }

        /** Rows go on without the folder. Of a folder that no bundle has spoken of nothing is said at all. */
        private Manifest.Media asTheyWere(MediaFolderException away, long after) throws IOException {
            trouble.away(away);
            MediaSummary summary = capture.asTheyWere(sink, list, after);
            boolean spoken = chain.stands() || summary.files() > 0;
            leftOut.add(new Manifest.LeftOut(
                    "media", away.text() + "; " + (spoken ? "files are listed as they were" : "no media travel")));
            return spoken ? summary.totals() : none(list);
        }
    }

    private boolean isHeld(MediaScan.Seen seen, boolean taken) {
        long gone = seen.gone();
        long all = gone == 0 ? 0 : state.mediaChain().count() + (taken ? 0 : seen.fresh());
        boolean held = new DeletionGuard(wanted.deleteGuard()).holds(gone, all);
        if (held) {
            trouble.held(
                    wanted.folder().orElseThrow().toString(),
                    gone,
                    all,
                    "tidemark-sender complete --accept-media-deletion");
        } else {
            trouble.notHeld();
        }
        return held;
    }

    /** The complete that {@link #capture} was for is sealed: later ones need not take all into their hands again. */
    static void sealed(SenderState state, Manifest.Media media) {
        if (media.managed() && state.mediaChain().isBased()) {
            state.mediaChain().stand();
        }
    }
}
