package io.tidemark.sender.partial;

import io.tidemark.bundle.BundleId;
import io.tidemark.bundle.Manifest;
import io.tidemark.crash.CrashPoints;
import io.tidemark.database.Catalogue;
import io.tidemark.file.DurableFiles;
import io.tidemark.position.Lsn;
import io.tidemark.position.Position;
import io.tidemark.sender.capture.SourceServer;
import io.tidemark.sender.log.LogSource;
import io.tidemark.sender.media.MediaLook;
import io.tidemark.sender.state.Chain;
import io.tidemark.sender.state.ChainTables;
import io.tidemark.sender.state.SenderState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One tick: from where the chain stands to where the log was when the tick began, in as many partials as memory makes of it. */
final class LogTick {
    /** Open transactions may take this part of the memory that a batch may take, beside it. */
    private static final int OPEN_PART = 2;

    private static final Logger LOG = LoggerFactory.getLogger(LogTick.class);

    private final LogSource source;
    private final Catalogue catalogue;
    private final SourceServer server;
    private final LogHolder log;
    private final SenderState state;
    private final PartialSeal seal;
    private final Workspace workspace;
    private final TickMedia media;
    private final DefinitionWatch watch;
    private final CrashPoints crashPoints;

    /**
     * What a tick may use.
     *
     * @param folder of its own
     * @param open another, for transactions that outlast the tick
     * @param memory bytes that compacted changes may take
     */
    record Workspace(Path folder, Path open, long memory) {}

    LogTick(
            LogSource source,
            Catalogue catalogue,
            SourceServer server,
            LogHolder log,
            SenderState state,
            PartialSeal seal,
            Workspace workspace,
            TickMedia media,
            DefinitionWatch watch,
            CrashPoints crashPoints) {
        this.source = source;
        this.catalogue = catalogue;
        this.server = server;
        this.log = log;
        this.state = state;
        this.seal = seal;
        this.workspace = workspace;
        this.media = media;
        this.watch = watch;
        this.crashPoints = crashPoints;
    }

    /** Where the log stands still and media do not, a few bytes are written into it: a partial has to end after the one before. */
    List<BundleId> run(Chain from, Lsn seen, String label, Instant started) throws IOException {
        List<BundleId> made = new ArrayList<>();
        // What was committed and not waited for is on disk with what is written after it.
        Lsn flushed = media.left() ? source.pass() : seen;
        boolean moved = from.drained().compareTo(flushed) < 0;
        if (!moved && !media.differs()) {
            // The stream of the tick before may be open, and its server ends one that is silent for a minute.
            log.pulse();
            return made;
        }
        drain(from, moved ? flushed : source.pass(), label, started, made);
        for (int more = 0; more < TickMedia.MORE && media.wantsMore(); more++) {
            drain(state.chain().chain().orElseThrow(), source.pass(), label, started, made);
        }
        return made;
    }

    private void drain(Chain from, Lsn target, String label, Instant started, List<BundleId> made) throws IOException {
        Chain chain = from;
        boolean more = chain.drained().compareTo(target) < 0;
        while (more) {
            Drained drained = step(chain, target, Optional.empty(), label, started, made);
            if (drained.again().isPresent()) {
                log.abort();
                drained = step(chain, target, drained.again(), label, started, made);
            }
            chain = state.chain().chain().orElseThrow();
            log.confirm(chain.drained());
            crashPoints.pass(PartialStep.SLOT_CONFIRMED);
            more = drained.more() && chain.drained().compareTo(target) < 0;
        }
    }

    private Drained step(
            Chain chain, Lsn target, Optional<Lsn> before, String label, Instant started, List<BundleId> made)
            throws IOException {
        DurableFiles.deleteTree(workspace.folder());
        Files.createDirectories(workspace.folder());
        try (Batch batch = new Batch(workspace.folder(), workspace.memory())) {
            LogHolder.Reading reading = log.reading(
                    source,
                    catalogue,
                    new LogHolder.Range(chain.drained(), target),
                    workspace.open(),
                    workspace.memory() / OPEN_PART);
            Drained drained = new Drain(reading, batch, chain.drained(), source::pass).run(target, before);
            crashPoints.pass(PartialStep.LOG_DRAINED);
            if (drained.again().isEmpty()) {
                keep(batch, chain, drained, label, started).ifPresent(made::add);
            }
            return drained;
        }
    }

    /** Where nothing changed there is no bundle, and the chain moves all the same. */
    private Optional<BundleId> keep(Batch batch, Chain chain, Drained drained, String label, Instant started)
            throws IOException {
        ChainTables before = state.chain().tables().orElseThrow();
        DefinitionWatch.Seen seen = watch.look(before, batch.tables());
        if (seen.broken().isPresent()) {
            new NewChain(state).leaveOut(chain, drained.to(), seen.broken().get(), seen.tables());
            return Optional.empty();
        }
        Optional<BundleId> made = keep(batch, chain, drained, seen, label, started);
        if (!drained.more()) {
            state.chain()
                    .published(seen.tables())
                    .ifPresent(reason -> LOG.info("{}; a complete brings what no partial can", reason));
        }
        return made;
    }

    private Optional<BundleId> keep(
            Batch batch, Chain chain, Drained drained, DefinitionWatch.Seen seen, String label, Instant started)
            throws IOException {
        Lsn to = drained.to();
        ChangeFolder files = new ChangeFolder(workspace.folder());
        ChangeFiles writer = new ChangeFiles(files, seen.catalogue(), log::pulse);
        writer.write(batch);
        if (!drained.more()) {
            writer.tell(seen.changed());
        }
        try (PartialContents contents = seal.open(label)) {
            MediaLook.Found found = media.look(contents, to, workspace.folder(), new Silence());
            if (files.changes().isEmpty() && found.list().isEmpty()) {
                state.chain().move(chain.withDrained(to), started);
                crashPoints.pass(PartialStep.CHAIN_MOVED);
                return Optional.empty();
            }
            crashPoints.pass(PartialStep.CHANGES_WRITTEN);
            PartialSeal.End end = new PartialSeal.End(
                    new Position(Position.Kind.CONSISTENT_POINT, to, ""), Manifest.Mode.LOG, Optional.empty());
            return Optional.of(seal.commit(contents, files, found, chain, end, server, label, started));
        }
    }

    /** Servers end a stream that is silent for a minute: while much is read it is given up, and opened again afterwards. */
    private final class Silence implements MediaLook.BeforeReading {
        private static final long MUCH = 64L << 20;

        private long bytes;

        @Override
        public void read(long size) {
            bytes += size;
            if (bytes > MUCH) {
                log.abort();
            } else {
                log.pulse();
            }
        }
    }
}
