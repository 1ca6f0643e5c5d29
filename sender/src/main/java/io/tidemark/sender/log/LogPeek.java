package io.tidemark.sender.log;

import io.tidemark.database.CopyCursor;
import io.tidemark.database.Database;
import io.tidemark.failure.DamagedException;
import io.tidemark.failure.TidemarkException;
import io.tidemark.position.Lsn;
import io.tidemark.table.DataFormat;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a slot has to tell up to a given end in one go and then leaves the server alone: no process there is woken by each commit, and
 * none sends each message by itself (docs/PERFORMANCE.md). The server reads again what it has read since the oldest transaction that was open,
 * and puts aside what it tells until it is fetched, so this is for short ends of the log ({@link LogWindow}).
 */
public final class LogPeek implements LogReader {
    /** Far more than a short end of the log takes. */
    private static final Duration LONGEST = Duration.ofSeconds(60);

    /** A row of one column in COPY's binary form: how many columns, and how long it is. */
    private static final int BEFORE_MESSAGE = Short.BYTES + Integer.BYTES;

    /** SQLSTATE class insufficient_resources: of memory, of the disk, of temp_file_limit. */
    private static final String NO_RESOURCES = "53";
    /** SQLSTATE query_canceled, as statement_timeout does. */
    private static final String CANCELLED = "57014";

    /** SQLSTATE insufficient_privilege. */
    private static final String NOT_ALLOWED = "42501";

    private final String slot;
    private final String publication;
    private final Connection connection;
    private final PgOutput decoder = new PgOutput();
    private @Nullable CopyCursor rows;
    private boolean hasRow;
    private Lsn end = new Lsn(0);
    private boolean tooMuch;
    private boolean noted;

    private LogPeek(String slot, String publication, Connection connection) {
        this.slot = slot;
        this.publication = publication;
        this.connection = connection;
    }

    /** Empty where each look would leave lines in the server's log, which the role may not prevent. */
    static Optional<LogPeek> open(Database database, String slot, String publication) {
        try {
            Connection connection = database.open("tidemark partial");
            boolean quiet = false;
            try {
                quiet = hush(connection);
                return quiet ? Optional.of(new LogPeek(slot, publication, connection)) : Optional.empty();
            } finally {
                if (!quiet) {
                    connection.close();
                }
            }
        } catch (SQLException failure) {
            throw SlotFailures.of(slot, failure);
        }
    }

    private static boolean hush(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set statement_timeout = " + LONGEST.toMillis());
            Hush.forSession(statement);
            return true;
        } catch (SQLException failure) {
            if (NOT_ALLOWED.equals(failure.getSQLState())) {
                return false;
            }
            throw failure;
        }
    }

    /**
     * The server has read all when this returns, and does not hold the slot any more.
     *
     * @param to the end of a record that is on disk: the server waits for the rest of one that is not
     */
    public void begin(Lsn to) {
        guarded(() -> {
            skipRest();
            return SlotPatience.await(() -> beginNow(to));
        });
        end = to;
    }

    private boolean beginNow(Lsn to) throws SQLException {
        CopyCursor begun = CopyCursor.open(connection, copy(to), DataFormat.BINARY);
        hasRow = begun.next();
        rows = begun;
        return hasRow;
    }

    private String copy(Lsn to) {
        return "copy (select data from pg_catalog.pg_logical_slot_peek_binary_changes('" + slot + "', '" + to
                + "', null, 'proto_version', '2', 'publication_names', '\"" + publication
                + "\"')) to stdout (format binary)";
    }

    /** Whether the server had no room or no time for what it was to tell. */
    public boolean wasTooMuch() {
        return tooMuch;
    }

    @Override
    public @Nullable LogMessage next() throws DamagedException {
        CopyCursor now = rows;
        if (now == null || !hasRow) {
            return null;
        }
        ByteBuffer message = ByteBuffer.wrap(now.bytes(), now.offset() + BEFORE_MESSAGE, now.length() - BEFORE_MESSAGE);
        hasRow = guarded(now::next);
        return decoder.decode(message);
    }

    @Override
    public Relations relations() {
        return decoder.relations();
    }

    @Override
    public Lsn told() {
        return end;
    }

    /** All that there was has been told. */
    @Override
    public void await() {
        throw new IllegalStateException("slot " + slot + " ends within a transaction at " + end);
    }

    @Override
    public void resume() {
        // Nothing is awaited.
    }

    @Override
    public Duration silence() {
        return Duration.ZERO;
    }

    @Override
    public void pulseIfDue() {
        // An ordinary session may be silent.
    }

    @Override
    public void confirm(Lsn position) {
        guarded(() -> {
            skipRest();
            boolean done = SlotPatience.await(() -> advance(position));
            if (noted) {
                noted = false;
                // A server begins at a note only where it meets it after it was confirmed; that costs a fifth of a
                // look.
                SlotPatience.await(() -> advance(position));
            }
            return done;
        });
    }

    private boolean advance(Lsn position) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select pg_catalog.pg_replication_slot_advance(?, ?::pg_lsn)")) {
            statement.setString(1, slot);
            statement.setString(2, position.toString());
            return statement.execute();
        }
    }

    /** What is read next holds what {@link LogSource#shorten} has let the server note. */
    public void meetNotes() {
        noted = true;
    }

    /** It is told again; a COPY that is cancelled could take what is asked next with it. */
    private void skipRest() throws SQLException {
        CopyCursor now = rows;
        rows = null;
        while (now != null && hasRow) {
            hasRow = now.next();
        }
    }

    @Override
    public void end() {
        guarded(() -> {
            skipRest();
            connection.close();
            return true;
        });
    }

    @Override
    public void close() {
        guarded(() -> {
            connection.abort(Runnable::run);
            return true;
        });
    }

    private <T> T guarded(SlotPatience.Attempt<T> attempt) throws TidemarkException {
        try {
            return attempt.run();
        } catch (SQLException failure) {
            String state = String.valueOf(failure.getSQLState());
            tooMuch |= state.startsWith(NO_RESOURCES) || state.equals(CANCELLED);
            throw SlotFailures.of(slot, failure);
        }
    }
}
