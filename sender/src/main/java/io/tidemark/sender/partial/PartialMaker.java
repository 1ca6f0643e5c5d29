package io.tidemark.sender.partial;

import io.tidemark.bundle.BundleId;
import io.tidemark.crash.CrashPoints;
import io.tidemark.database.Catalogue;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.file.WorkLock;
import io.tidemark.position.Lsn;
import io.tidemark.position.SourceIdentity;
import io.tidemark.sender.capture.SourceServer;
import io.tidemark.sender.log.BrokenChainException;
import io.tidemark.sender.log.KnownCatalogue;
import io.tidemark.sender.log.LogNames;
import io.tidemark.sender.log.LogSource;
import io.tidemark.sender.log.Publication;
import io.tidemark.sender.media.MediaLook;
import io.tidemark.sender.outbox.Outbox;
import io.tidemark.sender.route.Partials;
import io.tidemark.sender.settings.SenderSettings;
import io.tidemark.sender.state.Chain;
import io.tidemark.sender.state.SenderState;
import java.io.Closeable;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes partials in log mode: reads what was committed since the last one and puts it into the outbox. For one thread at a time. */
public final class PartialMaker implements Partials, Closeable {
    /** Compacted changes may take this part of the heap. */
    private static final int PART_OF_HEAP = 5;

    private final SenderSettings settings;
    private final LogNames names;
    private final Workplace workplace;
    private final Outbox outbox;
    private final SenderState state;
    private final Clock clock;
    private final CrashPoints crashPoints;
    private final ChainKeeper keeper;
    private final MediaLook look;
    private final KnownCatalogue knownCatalogue = new KnownCatalogue();
    private final LogHolder log = new LogHolder();
    private final Notices notices = new Notices();
    private @Nullable LogSource connected;

    public PartialMaker(
            SenderSettings settings,
            Outbox outbox,
            SenderState state,
            MediaLook look,
            Clock clock,
            CrashPoints crashPoints) {
        this.settings = settings;
        this.look = look;
        this.names = LogNames.of(settings.source());
        this.workplace = new Workplace(settings, outbox);
        this.outbox = outbox;
        this.state = state;
        this.clock = clock;
        this.crashPoints = crashPoints;
        this.keeper = new ChainKeeper(names, settings.partial().maxRetained(), outbox, state, crashPoints);
    }

    /**
     * As many as it takes to reach where the log is now.
     *
     * @throws TidemarkException (BUSY) where another process makes one
     */
    @Override
    public synchronized List<BundleId> make(String label, boolean again) {
        Instant started = clock.instant();
        return alone(session -> {
            Chain chain = session.chain();
            workplace.room();
            Lsn target = log.target(session.source(), chain.drained());
            List<BundleId> made = session.tick(this).run(chain, target, label, started);
            if (!again) {
                log.end();
                leave();
            }
            return made;
        });
    }

    @Override
    public synchronized void readAhead(Duration limit) {
        log.readAhead(limit);
    }

    /** Sees to it that publication and slot are there. */
    @Override
    public synchronized void prepare() {
        alone(session -> session.chain());
    }

    /**
     * Takes slot and publication away, where they are there.
     *
     * @return what they were called
     */
    public synchronized String uninstall() {
        log.abort();
        leave();
        WorkLock lock = workplace.lock();
        try (LogSource source = open()) {
            source.dropSlot();
            state.chain().forget();
            source.dropPublication();
            return names.publication();
        } finally {
            lock.close();
        }
    }

    /** The primary as it is found, and where the chain stands there. */
    private record Session(
            LogSource source, SourceServer server, Catalogue catalogue, DefinitionWatch watch, Chain chain) {
        LogTick tick(PartialMaker maker) {
            return new LogTick(
                    source,
                    catalogue,
                    server,
                    maker.log,
                    maker.state,
                    new PartialSeal(maker.settings, maker.outbox, maker.state, maker.clock, maker.crashPoints),
                    new LogTick.Workspace(
                            maker.workplace.folder(),
                            maker.workplace.openFolder(),
                            Runtime.getRuntime().maxMemory() / PART_OF_HEAP),
                    new TickMedia(maker.look, maker.state.mediaChain()),
                    watch,
                    maker.crashPoints);
        }
    }

    /** Something done while nobody else makes a partial. */
    @FunctionalInterface
    private interface Work<T> {
        T in(Session session) throws IOException;
    }

    private <T> T alone(Work<T> work) {
        boolean done = false;
        Workplace.Turn lock = workplace.turn();
        try {
            keeper.settle();
            T result = inChain(connect(), work);
            done = true;
            return result;
        } catch (IOException failure) {
            throw workplace.failed(failure);
        } finally {
            if (!done) {
                log.abort();
                leave();
            }
            lock.close();
        }
    }

    /** The one of the tick before, where that is still good: opening one costs the primary more than what is asked in it. */
    private LogSource connect() {
        LogSource known = connected;
        if (known != null && known.isUsable()) {
            return known;
        }
        leave();
        LogSource opened = open();
        connected = opened;
        return opened;
    }

    private void leave() {
        LogSource known = connected;
        connected = null;
        if (known != null) {
            known.close();
        }
    }

    private LogSource open() {
        return LogSource.open(settings.database().database(settings.lockTimeout()), names, knownCatalogue);
    }

    /** Where the chain turns out to be broken a new one begins, and nothing is read from it yet. */
    private <T> T inChain(LogSource source, Work<T> work) throws IOException {
        SourceServer server = source.server();
        obstacle(source);
        Catalogue catalogue = source.catalogue(settings.tables());
        Publication.Standing publication = publication(source, catalogue);
        DefinitionWatch watch = new DefinitionWatch(source, catalogue, publication.rows(), settings.tables());
        Chain chain = stand(source, server.identity(), publication.fresh(), watch);
        try {
            return work.in(new Session(source, server, catalogue, watch, chain));
        } catch (BrokenChainException broken) {
            log.abort();
            state.chain().end(broken.reason());
            Chain fresh = keeper.begin(source, server.identity(), broken.reason(), watch.baseline());
            return work.in(new Session(source, server, catalogue, watch, fresh));
        }
    }

    /** A slot that is to be dropped must not be read by ourselves. */
    private Chain stand(LogSource source, SourceIdentity identity, boolean freshPublication, DefinitionWatch watch) {
        if (keeper.isBroken(source, identity, freshPublication)) {
            log.abort();
        }
        Chain chain = keeper.stand(source, identity, freshPublication, watch::baseline);
        if (state.chain().tables().isEmpty()) {
            state.chain().published(watch.baseline());
        }
        return chain;
    }

    private static void obstacle(LogSource source) {
        Optional<String> obstacle = source.obstacle();
        if (obstacle.isPresent()) {
            throw new TidemarkException(
                    FailureCode.RIGHTS,
                    "the log cannot be read: " + obstacle.get(),
                    "mend that; or set watermark.columns, or partial.mode=off");
        }
    }

    private Publication.Standing publication(LogSource source, Catalogue catalogue) {
        Publication.Standing publication = source.reconcile(catalogue, settings.tables());
        notices.tell(publication);
        if (!publication.exists()) {
            throw new TidemarkException(
                    FailureCode.RIGHTS,
                    "publication " + names.publication() + " is missing, and the role may not create it",
                    "an administrator has to run, once: " + String.join("; ", publication.todo()));
        }
        return publication;
    }

    @Override
    public void close() {
        log.abort();
        leave();
    }
}
