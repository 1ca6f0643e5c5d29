package io.tidemark.sender.log;

import io.tidemark.database.Database;
import io.tidemark.failure.DamagedException;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.position.Lsn;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.replication.LogSequenceNumber;
import org.postgresql.replication.PGReplicationStream;

/**
 * The stream of changes from a slot, for one thread. Large transactions come in parts while they are still open, so that the server has nothing
 * to put aside and their end is not the beginning of the work. The stream says nothing of what was received by itself: the slot moves when
 * {@link #confirm} is called and not before.
 */
public final class LogStream implements LogReader {
    private static final int STATUS_SECONDS = 5;
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(5);
    private static final Duration SHORTEST_PAUSE = Duration.ofNanos(100_000);
    private static final long PULSE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final String slot;
    private final Connection connection;
    private final PGReplicationStream stream;
    private final PgOutput decoder = new PgOutput();
    private long pause = SHORTEST_PAUSE.toNanos();
    private long awaitedSince;
    private long lastPulse = System.nanoTime();

    private @Nullable LogMessage back;

    private LogStream(String slot, Connection connection, PGReplicationStream stream) {
        this.slot = slot;
        this.connection = connection;
        this.stream = stream;
    }

    /** @param from all transactions that end at or before this are known and confirmed */
    public static LogStream open(Database database, String slot, String publication, Lsn from) {
        try {
            return SlotPatience.await(() -> openNow(database, slot, publication, from));
        } catch (SQLException failure) {
            throw SlotFailures.of(slot, failure);
        }
    }

    private static LogStream openNow(Database database, String slot, String publication, Lsn from) throws SQLException {
        Connection connection = database.openReplication("tidemark partial");
        boolean opened = false;
        try {
            PGReplicationStream stream = connection
                    .unwrap(PGConnection.class)
                    .getReplicationAPI()
                    .replicationStream()
                    .logical()
                    .withSlotName(slot)
                    .withStartPosition(LogSequenceNumber.valueOf(from.value()))
                    .withSlotOption("proto_version", "2")
                    .withSlotOption("streaming", "on")
                    .withSlotOption("publication_names", "\"" + publication + "\"")
                    .withStatusInterval(STATUS_SECONDS, TimeUnit.SECONDS)
                    .withAutomaticFlush(false)
                    .start();
            LogStream made = new LogStream(slot, connection, stream);
            made.confirm(from);
            opened = true;
            return made;
        } finally {
            if (!opened) {
                connection.close();
            }
        }
    }

    @Override
    public @Nullable LogMessage next() throws DamagedException {
        LogMessage again = back;
        if (again != null) {
            back = null;
            return again;
        }
        try {
            ByteBuffer bytes = stream.readPending();
            if (bytes == null) {
                return null;
            }
            pause = SHORTEST_PAUSE.toNanos();
            awaitedSince = 0;
            return decoder.decode(bytes);
        } catch (SQLException failure) {
            throw SlotFailures.of(slot, failure);
        }
    }

    /** The message that {@link #next} gave last is the next one again. */
    public void putBack(LogMessage message) {
        back = message;
    }

    /** The server tells again when that changes, and not with each batch. */
    @Override
    public Relations relations() {
        return decoder.relations();
    }

    @Override
    public Lsn told() {
        return new Lsn(stream.getLastReceiveLSN().asLong());
    }

    @Override
    public void await() {
        if (awaitedSince == 0) {
            awaitedSince = System.nanoTime();
        }
        LockSupport.parkNanos(pause);
        pause = Math.min(pause * 2, LONGEST_PAUSE.toNanos());
        if (Thread.currentThread().isInterrupted()) {
            throw new TidemarkException(
                    FailureCode.FAILED, "stopped while the log was read", "start it again; nothing is lost");
        }
    }

    @Override
    public void resume() {
        awaitedSince = 0;
        pause = SHORTEST_PAUSE.toNanos();
    }

    @Override
    public Duration silence() {
        return awaitedSince == 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - awaitedSince);
    }

    @Override
    public void confirm(Lsn position) {
        LogSequenceNumber known = LogSequenceNumber.valueOf(position.value());
        stream.setFlushedLSN(known);
        stream.setAppliedLSN(known);
        pulse();
    }

    /** A server ends a stream that is silent for wal_sender_timeout. */
    @Override
    public void pulseIfDue() {
        if (System.nanoTime() - lastPulse > PULSE_NANOS) {
            pulse();
        }
    }

    private void pulse() {
        lastPulse = System.nanoTime();
        try {
            stream.forceUpdateStatus();
        } catch (SQLException failure) {
            throw SlotFailures.of(slot, failure);
        }
    }

    @Override
    public void end() {
        try {
            stream.close();
            connection.close();
        } catch (SQLException failure) {
            throw SlotFailures.of(slot, failure);
        }
    }

    /** The connection goes, and the stream with it: ending it politely would read all that the server still has to send. */
    @Override
    public void close() {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException failure) {
            throw SlotFailures.of(slot, failure);
        }
    }
}
