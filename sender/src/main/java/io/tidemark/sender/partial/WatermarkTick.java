package io.tidemark.sender.partial;

import io.tidemark.bundle.BundleId;
import io.tidemark.bundle.Manifest;
import io.tidemark.change.Cell;
import io.tidemark.change.ChangeWriter;
import io.tidemark.change.RowChange;
import io.tidemark.crash.CrashPoints;
import io.tidemark.file.DurableFiles;
import io.tidemark.position.Position;
import io.tidemark.sender.capture.SourceServer;
import io.tidemark.sender.media.MediaLook;
import io.tidemark.sender.state.Chain;
import io.tidemark.sender.state.SenderState;
import io.tidemark.sender.watermark.Marks;
import io.tidemark.sender.watermark.WatermarkTable;
import io.tidemark.sender.watermark.WatermarkView;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One tick in watermark mode: at most one partial, and the marks moved with it. */
final class WatermarkTick {
    /** How old marks may become while nothing changes: the older they are, the more is looked at. */
    private static final Duration FRESH = Duration.ofMinutes(1);

    private final Path folder;
    private final Duration overlap;
    private final SenderState state;
    private final PartialSeal seal;
    private final CrashPoints crashPoints;

    WatermarkTick(Path folder, Duration overlap, SenderState state, PartialSeal seal, CrashPoints crashPoints) {
        this.folder = folder;
        this.overlap = overlap;
        this.state = state;
        this.seal = seal;
        this.crashPoints = crashPoints;
    }

    /**
     * The rows of a tick.
     *
     * @param before the marks up to now
     * @param read the marks after it
     * @param early whether the log has not gone on since the last partial
     */
    record Rows(ChangeFolder changes, Marks before, WatermarkView.Read read, Position end, boolean early) {}

    Rows read(WatermarkView view, Chain chain, Marks before) throws IOException {
        DurableFiles.deleteTree(folder);
        Files.createDirectories(folder);
        ChangeFolder changes = new ChangeFolder(folder);
        try (Writers writers = new Writers(changes)) {
            WatermarkView.Read read = view.read(before, overlap, writers::row);
            writers.keep();
            boolean early = view.moment().lsn().compareTo(chain.to()) <= 0;
            return new Rows(changes, before, read, view.moment().position(), early);
        }
    }

    /** The snapshot is left by now: reading media may take long. */
    Optional<BundleId> seal(Rows rows, Chain chain, TickMedia media, SourceServer server, String label, Instant started)
            throws IOException {
        boolean none = rows.changes().changes().isEmpty();
        if (rows.early()) {
            // Their commit was in the log already when the last partial was cut, and not visible: they wait for the log
            // to go on.
            return none ? move(rows, chain, started) : Optional.empty();
        }
        try (PartialContents contents = seal.open(label)) {
            MediaLook.Found found = media.look(contents, rows.end().lsn(), folder, size -> {});
            if (none && found.list().isEmpty()) {
                return move(rows, chain, started);
            }
            crashPoints.pass(PartialStep.CHANGES_WRITTEN);
            PartialSeal.End end = new PartialSeal.End(
                    rows.end(),
                    Manifest.Mode.WATERMARK,
                    Optional.of(rows.read().marks().text()));
            return Optional.of(seal.commit(contents, rows.changes(), found, chain, end, server, label, started));
        }
    }

    private Optional<BundleId> move(Rows rows, Chain chain, Instant started) {
        Marks now = rows.read().marks();
        boolean move = rows.before().at().plus(FRESH).isBefore(now.at())
                || !rows.read().settled();
        state.chain().move(chain, started, move ? Optional.of(now.text()) : Optional.empty());
        crashPoints.pass(PartialStep.CHAIN_MOVED);
        return Optional.empty();
    }

    /** A file for each table that rows come of. A row may be there at the receiver or not: an update with every cell does for both. */
    private static final class Writers implements Closeable {
        private final ChangeFolder folder;
        private final Map<WatermarkTable, ChangeWriter> open = new LinkedHashMap<>();
        private final Map<WatermarkTable, Path> files = new LinkedHashMap<>();

        private Writers(ChangeFolder folder) {
            this.folder = folder;
        }

        private void row(WatermarkTable table, List<Cell> cells) throws IOException {
            ChangeWriter writer = open.get(table);
            if (writer == null) {
                Path file = folder.next();
                writer = new ChangeWriter(file, table.header());
                files.put(table, file);
                open.put(table, writer);
            }
            writer.write(RowChange.of(RowChange.Op.UPDATE, cells));
        }

        private void keep() throws IOException {
            close();
            for (Map.Entry<WatermarkTable, ChangeWriter> each : open.entrySet()) {
                WatermarkTable table = each.getKey();
                folder.keep(
                        files.getOrDefault(table, Path.of("")),
                        each.getValue().header(),
                        Optional.of(table.shape()),
                        each.getValue());
            }
        }

        @Override
        public void close() throws IOException {
            for (ChangeWriter writer : open.values()) {
                writer.close();
            }
        }
    }
}
