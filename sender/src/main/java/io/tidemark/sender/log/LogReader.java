package io.tidemark.sender.log;

import io.tidemark.failure.DamagedException;
import io.tidemark.position.Lsn;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Tells what was committed, message by message, to one thread. The slot moves when {@link #confirm} is called and not before. */
public sealed interface LogReader extends AutoCloseable permits LogStream, LogPeek {
    /**
     * The next message, null where there is none for the moment.
     *
     * @throws DamagedException where it is not understood
     */
    @Nullable
    LogMessage next() throws DamagedException;

    /** What the server told of tables. */
    Relations relations();

    /** Up to where the server has told all that was committed; only outside of a transaction and of a part of one. */
    Lsn told();

    /** Lets a moment pass in which something may arrive. */
    void await();

    /** Who reads on begins to await anew: what another has awaited before does not count. */
    void resume();

    /** For how long nothing has come while it was awaited. */
    Duration silence();

    /** Says that we are alive, where the server wants to hear that. */
    void pulseIfDue();

    /** Lets the server throw away what lies before; to be called once it is known durably here. */
    void confirm(Lsn position);

    /** Ends what has been read to where it was wanted, with all confirmed that there is to confirm. */
    void end();

    /** Ends it wherever it stands. */
    @Override
    void close();
}
