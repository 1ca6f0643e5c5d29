package io.tidemark.sender.complete;

import io.tidemark.bundle.Manifest;
import io.tidemark.bundle.MediaRecord;
import io.tidemark.bundle.RecordWriter;
import io.tidemark.position.Lsn;
import io.tidemark.progress.Progress;
import io.tidemark.sender.media.DeletionGuard;
import io.tidemark.sender.media.MediaCapture;
import io.tidemark.sender.media.MediaCapture.Standing;
import io.tidemark.sender.media.MediaScan;
import io.tidemark.sender.media.MediaSummary;
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

    CompleteMedia(SenderSettings settings, SenderState state, Clock clock, Progress progress) {
        this.wanted = settings.media();
        this.workFolder = settings.workFolder();
        this.state = state;
        this.clock = clock;
        this.progress = progress;
    }

    /**
     * @param folder a private folder
     * @param list the file to write
     * @param cut where the rows were cut
     */
    Manifest.Media capture(VolumePacker packer, Path folder, Path list, Lsn cut, List<Manifest.LeftOut> leftOut)
            throws IOException {
        MediaChain chain = state.mediaChain();
        if (wanted.folder().isEmpty()) {
            RecordWriter.create(list, MediaRecord.class).close();
            chain.leave();
            return Manifest.Media.none();
        }
        Path scratch = folder.resolve("media");
        MediaCapture capture = new MediaCapture(wanted, scratch, state.media(), clock, progress);
        MediaPacker sink = new MediaPacker(packer, state);
        boolean alone = state.chain().chain().isEmpty();
        Standing standing;
        MediaSummary summary;
        try (MediaTurn turn = MediaTurn.take(workFolder)) {
            LOG.debug("holding {}", turn);
            boolean first = alone || !chain.stands();
            long after = alone ? 0 : chain.begin(cut);
            boolean held = isHeld(new MediaScan(wanted, scratch, state, first).run(), first);
            standing = new Standing(after, first, held);
            if (!first) {
                summary = capture.capture(sink, list, standing);
                leftOut.addAll(summary.leftOut());
                return summary.totals();
            }
            if (!alone) {
                chain.based();
            }
        }
        summary = capture.capture(sink, list, standing);
        leftOut.addAll(summary.leftOut());
        return summary.totals();
    }

    private boolean isHeld(MediaScan.Seen seen, boolean taken) {
        long gone = seen.gone();
        long all = gone == 0 ? 0 : state.mediaChain().count() + (taken ? 0 : seen.fresh());
        boolean held = new DeletionGuard(wanted.deleteGuard()).holds(gone, all);
        if (held) {
            LOG.error(
                    "{} of {} media files are gone from {}; the complete lists them as they were (hint: mount the folder,"
                            + " or look at media.include and media.exclude; if they are meant to be gone:"
                            + " tidemark-sender complete --accept-media-deletion)",
                    gone,
                    all,
                    wanted.folder().orElseThrow());
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
