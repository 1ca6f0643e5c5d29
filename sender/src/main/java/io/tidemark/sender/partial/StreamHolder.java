package io.tidemark.sender.partial;

import io.tidemark.database.Catalogue;
import io.tidemark.failure.TidemarkException;
import io.tidemark.position.Lsn;
import io.tidemark.sender.log.LogMessage;
import io.tidemark.sender.log.LogSource;
import io.tidemark.sender.log.LogStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The stream from one tick to the next: opening one makes the server read its log again from the oldest open transaction on. */
final class StreamHolder {
    private static final Logger LOG = LoggerFactory.getLogger(StreamHolder.class);
    /** A transaction that is open and of which nothing comes for so long is not worth waiting for. */
    private static final Duration IDLE = Duration.ofMillis(10);

    private final Layouts layouts = new Layouts();
    private @Nullable Reading reading;

    /**
     * A stream and what it has told of transactions that have not ended.
     *
     * @param open goes with the stream, which tells it anew
     */
    record Reading(LogStream stream, OpenTransactions open, Layouts layouts) {}

    /**
     * The one that is open stands where the last drain ended.
     *
     * @param folder for open transactions
     * @param memory bytes that they may take
     */
    Reading reading(LogSource source, Catalogue catalogue, Lsn from, Path folder, long memory) throws IOException {
        layouts.ask(source, catalogue);
        if (reading == null) {
            LogStream stream = source.stream(from);
            reading = new Reading(stream, new OpenTransactions(stream.relations(), layouts, folder, memory), layouts);
        }
        return reading;
    }

    /**
     * Between two ticks: takes what the server tells of transactions that have not ended, so that their end finds nothing left to be read. Ends
     * where something else comes.
     */
    void readAhead(Duration limit) {
        Reading now = reading;
        if (now == null || now.open().isEmpty()) {
            return;
        }
        try {
            readAhead(now, System.nanoTime() + limit.toNanos());
        } catch (TidemarkException | IOException failure) {
            LOG.debug("reading ahead; the next tick begins where the last one ended", failure);
            abort();
        }
    }

    private static void readAhead(Reading now, long end) throws IOException {
        now.stream().resume();
        while (System.nanoTime() - end < 0 && now.stream().silence().compareTo(IDLE) < 0) {
            LogMessage message = now.stream().next();
            if (message == null) {
                now.stream().await();
            } else if (!now.open().goesOn(message)) {
                now.stream().putBack(message);
                return;
            }
        }
    }

    /** Ends it where it stands outside of a transaction, with all said that there is to say. */
    void end() {
        forget().ifPresent(LogStream::end);
    }

    /** Cuts it wherever it stands. */
    void abort() {
        forget().ifPresent(LogStream::close);
    }

    /** @return what was open and is to be ended */
    private Optional<LogStream> forget() {
        Reading ended = reading;
        reading = null;
        if (ended == null) {
            return Optional.empty();
        }
        try {
            ended.open().close();
        } catch (IOException failure) {
            LOG.warn("files of open transactions cannot be removed: {}", failure.toString());
        }
        return Optional.of(ended.stream());
    }

    void pulse() {
        if (reading != null) {
            reading.stream().pulseIfDue();
        }
    }

    void confirm(Lsn position) {
        if (reading != null) {
            reading.stream().confirm(position);
        }
    }
}
