package io.tidemark.receiver.load;

import io.tidemark.bundle.Manifest;
import io.tidemark.crash.CrashPoints;
import io.tidemark.database.Database;
import io.tidemark.database.SqlFailures;
import io.tidemark.failure.TidemarkException;
import io.tidemark.progress.Progress;
import io.tidemark.receiver.inbox.BundleFolder;
import io.tidemark.receiver.inbox.VerifiedBundle;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads completes: the first into empty tables, every later one as a merge in place. May be killed anywhere: what is done is noted in the
 * database in the same transactions, and the next load goes on from there.
 */
public final class CompleteLoader {
    private static final Logger LOG = LoggerFactory.getLogger(CompleteLoader.class);
    private static final int TRIES = 5;

    private final Database database;
    private final LoadOptions options;
    private final Progress progress;
    private final Clock clock;
    private final CrashPoints crashPoints;

    public CompleteLoader(
            Database database, LoadOptions options, Progress progress, Clock clock, CrashPoints crashPoints) {
        this.database = database;
        this.options = options;
        this.progress = progress;
        this.clock = clock;
        this.crashPoints = crashPoints;
    }

    /** What the archive holds of the complete that the ledger names. */
    @FunctionalInterface
    public interface Archived {
        Optional<BundleFolder> find(String bundle) throws IOException;
    }

    /** Brings a complete into the database, or finishes what an earlier try began, all in one go. */
    public LoadResult load(VerifiedBundle bundle, Instant received, Archived archived, LaterPartials later) {
        return load(bundle, received, archived, later, Optional.empty());
    }

    /**
     * The same. One that the chain has found covered must not be given.
     *
     * @param received when the bundle's last volume arrived
     * @param later what loaded partials did beyond the complete's position
     * @param staged what {@link #stage} made for this bundle, if it was asked; used up by the first try
     */
    public LoadResult load(
            VerifiedBundle bundle,
            Instant received,
            Archived archived,
            LaterPartials later,
            Optional<StagedComplete> staged) {
        for (int attempt = 1; ; attempt++) {
            Optional<StagedComplete> now = attempt == 1 ? staged : Optional.empty();
            try (LoadSessions sessions = sessions(now)) {
                return load(
                        sessions,
                        bundle,
                        received,
                        archived,
                        later,
                        now.map(StagedComplete::ahead).orElse(Ahead.NOTHING));
            } catch (SQLException failure) {
                if (attempt == TRIES || !SqlFailures.passing(failure)) {
                    throw SqlFailures.of("loading bundle " + bundle.manifest().id(), failure);
                }
                LOG.warn("bundle {}: {}; loading again", bundle.manifest().id(), failure.getMessage());
            } catch (IOException failure) {
                throw LoadFailures.io("loading bundle " + bundle.manifest().id(), failure);
            }
        }
    }

    private LoadSessions sessions(Optional<StagedComplete> staged) throws SQLException {
        if (staged.isEmpty()) {
            return LoadSessions.open(database, options.workers());
        }
        LoadSessions sessions = staged.get().sessions();
        sessions.lock();
        return sessions;
    }

    /**
     * Where a complete's rows may be staged while partials are loaded.
     *
     * @throws TidemarkException as {@link #load} does
     */
    public StagedComplete stage(VerifiedBundle bundle, Archived archived) {
        try {
            LoadSessions beside = LoadSessions.beside(database, options.workers());
            return new StagedComplete(bundle, beside, sessions -> stage(sessions, bundle, archived));
        } catch (SQLException failure) {
            throw SqlFailures.of("staging bundle " + bundle.manifest().id(), failure);
        }
    }

    private Ahead stage(LoadSessions sessions, VerifiedBundle bundle, Archived archived)
            throws SQLException, IOException {
        Manifest manifest = bundle.manifest();
        Ledger ledger = new Ledger(sessions.main(), manifest.source());
        if (ledger.bundle(manifest.sequence()).isPresent()) {
            return Ahead.NOTHING;
        }
        new RowDropGuard(options).check(manifest, sessions.main(), ledger);
        return new LoadRun(sessions, bundle, options, progress, clock, crashPoints)
                .stage(earlier(ledger.lastComplete(), archived));
    }

    /** Has the planner's statistics made of what a load changed. Nothing depends on it but speed, so a failure is only told. */
    public void analyze(Manifest manifest, LoadResult result) {
        try (LoadSessions sessions = LoadSessions.open(database, options.workers())) {
            TableStatistics.gather(sessions.workers(), manifest, result.tables());
        } catch (SQLException failure) {
            LOG.warn("bundle {}: statistics were not gathered: {}", manifest.id(), failure.getMessage());
        } catch (TidemarkException failure) {
            LOG.warn("bundle {}: statistics were not gathered: {}", manifest.id(), failure.text());
        }
    }

    private LoadResult load(
            LoadSessions sessions,
            VerifiedBundle bundle,
            Instant received,
            Archived archived,
            LaterPartials later,
            Ahead ahead)
            throws SQLException, IOException {
        Manifest manifest = bundle.manifest();
        Statements.transaction(sessions.main(), () -> Ledger.create(sessions.main()));
        crashPoints.pass(LoadStep.LEDGER_READY);
        Ledger ledger = new Ledger(sessions.main(), manifest.source());
        Optional<LedgerEntry> same = ledger.bundle(manifest.sequence());
        Optional<LedgerEntry> last = ledger.lastComplete();
        LoadRun run = new LoadRun(sessions, bundle, options, progress, clock, crashPoints);
        if (same.isPresent()) {
            if (last.equals(same)) {
                run.finish();
            }
            return ResultJson.result(same.get());
        }
        new RowDropGuard(options).check(manifest, sessions.main(), ledger);
        return run.run(received, earlier(last, archived), later, ahead);
    }

    private static Optional<EarlierComplete> earlier(Optional<LedgerEntry> last, Archived archived) throws IOException {
        if (last.isEmpty()) {
            return Optional.empty();
        }
        Optional<BundleFolder> bundle = archived.find(last.get().name());
        if (bundle.isEmpty() || !bundle.get().manifestSha256().equals(last.get().manifest())) {
            return Optional.empty();
        }
        Manifest manifest = bundle.get().manifest();
        return Optional.of(new EarlierComplete(
                manifest, PartIndex.read(bundle.get().parts(), manifest.tables().size())));
    }
}
