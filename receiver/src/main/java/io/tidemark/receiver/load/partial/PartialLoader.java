package io.tidemark.receiver.load.partial;

import io.tidemark.bundle.Manifest;
import io.tidemark.crash.CrashPoints;
import io.tidemark.database.Database;
import io.tidemark.database.SqlFailures;
import io.tidemark.failure.DamagedException;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.receiver.inbox.BundleFolder;
import io.tidemark.receiver.inbox.VerifiedBundle;
import io.tidemark.receiver.load.LoadFailures;
import io.tidemark.receiver.load.LoadResult;
import io.tidemark.receiver.load.LoadSessions;
import io.tidemark.receiver.load.SourceLedger;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads partials: the changes of all tables in one transaction, the ledger's rows included. May be killed anywhere, and may be given a bundle
 * that is loaded already: the ledger knows.
 */
public final class PartialLoader {
    private static final Logger LOG = LoggerFactory.getLogger(PartialLoader.class);
    private static final int TRIES = 5;

    private final Database database;
    private final Clock clock;
    private final CrashPoints crashPoints;

    public PartialLoader(Database database, Clock clock, CrashPoints crashPoints) {
        this.database = database;
        this.clock = clock;
        this.crashPoints = crashPoints;
    }

    /**
     * Whether the replica's tables take the changes, judged by the manifest alone.
     *
     * @throws TidemarkException (DRIFT) where they do not
     */
    public void check(Manifest partial) {
        try (Connection connection = database.open("tidemark load")) {
            new Targets(connection, partial).drifts();
        } catch (SQLException failure) {
            throw SqlFailures.of("looking at the tables of bundle " + partial.id(), failure);
        }
    }

    /**
     * Brings a partial into the database, whose turn it is. A connection that is lost meanwhile leaves open whether it was committed; the
     * ledger tells when it is tried again.
     *
     * @param received when the bundle's last volume arrived
     * @throws TidemarkException (REFUSED) where its lines are not what the manifest says
     */
    public LoadResult load(VerifiedBundle bundle, Instant received) {
        String what = "loading bundle " + bundle.id();
        for (int attempt = 1; ; attempt++) {
            try (LoadSessions sessions = LoadSessions.open(database, 0)) {
                return new PartialRun(sessions.main(), bundle, clock, crashPoints).run(received);
            } catch (SQLException failure) {
                if (attempt == TRIES || !(SqlFailures.passing(failure) || lost(failure))) {
                    throw SqlFailures.of(what, failure);
                }
                LOG.warn("bundle {}: {}; loading again", bundle.id(), failure.getMessage());
            } catch (DamagedException damaged) {
                throw new TidemarkException(
                        FailureCode.REFUSED,
                        damaged.reason(),
                        "it lies in quarantine; the next complete brings what it held",
                        damaged);
            } catch (IOException failure) {
                throw LoadFailures.io(what, failure);
            }
        }
    }

    private static boolean lost(SQLException failure) {
        return String.valueOf(failure.getSQLState()).startsWith("08");
    }

    /** Finds a bundle in the archive. */
    @FunctionalInterface
    public interface Archived {
        Optional<BundleFolder> find(String bundle) throws IOException;
    }

    /** What loaded partials did beyond a complete that is about to be merged. */
    public ArchivedPartials beyond(Manifest complete, Archived archived) throws IOException {
        List<SourceLedger.Applied> applied;
        try (Connection connection = database.open("tidemark load")) {
            applied = SourceLedger.appliedAfter(
                    connection, complete.source(), complete.position().lsn());
        } catch (SQLException failure) {
            throw SqlFailures.of("reading the ledger", failure);
        }
        List<BundleFolder> folders = new ArrayList<>();
        for (SourceLedger.Applied partial : applied) {
            Optional<BundleFolder> folder = archived.find(partial.name());
            if (folder.isEmpty() || !folder.get().manifestSha256().equals(partial.manifest())) {
                return ArchivedPartials.missing(partial.name());
            }
            folders.add(folder.get());
        }
        return ArchivedPartials.of(complete, folders);
    }
}
