package io.tidemark.receiver.load;

import io.tidemark.bundle.Manifest;
import io.tidemark.database.SqlFailures;
import io.tidemark.receiver.inbox.VerifiedBundle;
import java.io.IOException;
import java.sql.SQLException;

/**
 * A complete whose rows are brought beside the replica's tables, which stay as they are, so that partials can be loaded meanwhile by others.
 * Made by a {@link CompleteLoader}, to which it goes back to be merged.
 */
public final class StagedComplete implements AutoCloseable {
    private final VerifiedBundle bundle;
    private final LoadSessions sessions;
    private final Stager stager;
    private volatile Ahead ahead = Ahead.NOTHING;
    private volatile boolean filled;

    StagedComplete(VerifiedBundle bundle, LoadSessions sessions, Stager stager) {
        this.bundle = bundle;
        this.sessions = sessions;
        this.stager = stager;
    }

    /** Knows how. */
    @FunctionalInterface
    interface Stager {
        Ahead stage(LoadSessions sessions) throws SQLException, IOException;
    }

    /** The long part, in any thread. Does nothing where definitions change, which has to come first. */
    public void fill() {
        Manifest manifest = bundle.manifest();
        try {
            ahead = stager.stage(sessions);
            filled = true;
        } catch (SQLException failure) {
            throw SqlFailures.of("staging bundle " + manifest.id(), failure);
        } catch (IOException failure) {
            throw LoadFailures.io("staging bundle " + manifest.id(), failure);
        }
    }

    LoadSessions sessions() {
        return sessions;
    }

    Ahead ahead() {
        return ahead;
    }

    /** Also while {@link #fill} goes on in another thread, which fails then. */
    @Override
    public void close() {
        try {
            if (!filled) {
                sessions.abort();
            }
            sessions.close();
        } catch (SQLException failure) {
            throw SqlFailures.of("closing the sessions of bundle " + bundle.id(), failure);
        }
    }
}
