package io.tidemark.receiver.load;

import io.tidemark.bundle.Manifest;
import io.tidemark.crash.CrashPoints;
import io.tidemark.database.Database;
import io.tidemark.database.SqlFailures;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.progress.Progress;
import io.tidemark.receiver.inbox.BundleFolder;
import io.tidemark.receiver.inbox.VerifiedBundle;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
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

    /**
     * Brings a complete into the database, or finishes what an earlier try began. One that is {@link #covered} must not be given.
     *
     * @param received when the bundle's last volume arrived
     */
    public LoadResult load(VerifiedBundle bundle, Instant received, Archived archived) {
        for (int attempt = 1; ; attempt++) {
            try (LoadSessions sessions = LoadSessions.open(database, options.workers())) {
                return load(sessions, bundle, received, archived);
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

    /** The highest sequence of the source whose data are in the database; 0 for none. */
    public long lastSequence(String source) {
        try (Connection connection = database.open("tidemark load")) {
            return Ledger.exists(connection)
                    ? new Ledger(connection, source)
                            .last()
                            .map(LedgerEntry::sequence)
                            .orElse(0L)
                    : 0;
        } catch (SQLException failure) {
            throw SqlFailures.of("reading the ledger", failure);
        }
    }

    /**
     * Whether the bundle would take the database back in time, a later one being there.
     *
     * @throws TidemarkException (REFUSED) where another bundle of the same sequence was loaded
     */
    public boolean covered(VerifiedBundle bundle) {
        try (Connection connection = database.open("tidemark load")) {
            if (!Ledger.exists(connection)) {
                return false;
            }
            Ledger ledger = new Ledger(connection, bundle.id().source());
            Optional<LedgerEntry> same = ledger.bundle(bundle.id().sequence());
            if (same.isPresent() && !same.get().manifest().equals(bundle.manifestSha256())) {
                throw sequenceReused(bundle.manifest(), same.get());
            }
            return ledger.last()
                    .map(last -> last.sequence() > bundle.id().sequence())
                    .orElse(false);
        } catch (SQLException failure) {
            throw SqlFailures.of("reading the ledger", failure);
        }
    }

    private LoadResult load(LoadSessions sessions, VerifiedBundle bundle, Instant received, Archived archived)
            throws SQLException, IOException {
        Manifest manifest = bundle.manifest();
        Statements.transaction(sessions.main(), () -> Ledger.create(sessions.main()));
        crashPoints.pass(LoadStep.LEDGER_READY);
        Ledger ledger = new Ledger(sessions.main(), manifest.source());
        Optional<LedgerEntry> same = ledger.bundle(manifest.sequence());
        Optional<LedgerEntry> last = ledger.last();
        LoadRun run = new LoadRun(sessions, bundle, options, progress, clock, crashPoints);
        if (same.isPresent()) {
            run.finish();
            return ResultJson.result(same.get());
        }
        guard(manifest, ledger);
        return run.run(received, earlier(last, archived));
    }

    private void guard(Manifest manifest, Ledger ledger) throws SQLException {
        List<String> shrinking = ReplicaTables.shrinking(manifest, ledger.relations(), options.rowDrop());
        if (!shrinking.isEmpty() && !options.acceptRowDrop()) {
            throw new TidemarkException(
                    FailureCode.ROW_DROP,
                    "bundle " + manifest.id() + " would remove most rows of " + String.join(", ", shrinking),
                    "if that is what happened on the primary: tidemark-receiver load --accept-row-drop");
        }
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

    private static TidemarkException sequenceReused(Manifest manifest, LedgerEntry loaded) {
        return new TidemarkException(
                FailureCode.REFUSED,
                "bundle " + manifest.id() + " has the sequence of " + loaded.name()
                        + ", which is loaded, and another content",
                "the sender lost its state or two senders use one source name; the next bundle has a higher sequence");
    }
}
