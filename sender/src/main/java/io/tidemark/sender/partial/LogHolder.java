package io.tidemark.sender.partial;

import io.tidemark.database.Catalogue;
import io.tidemark.failure.TidemarkException;
import io.tidemark.position.Lsn;
import io.tidemark.sender.log.BrokenChainException;
import io.tidemark.sender.log.LogMessage;
import io.tidemark.sender.log.LogPeek;
import io.tidemark.sender.log.LogReader;
import io.tidemark.sender.log.LogSource;
import io.tidemark.sender.log.LogStream;
import io.tidemark.sender.log.LogWindow;
import io.tidemark.sender.log.Slot;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What reads the log from one tick to the next: where there is little to read at once, looks that leave the server alone between ticks; else a
 * stream, which tells large transactions while they are open.
 */
final class LogHolder {
    private static final Logger LOG = LoggerFactory.getLogger(LogHolder.class);
    /** A transaction that is open and of which nothing comes for so long is not worth waiting for. */
    private static final Duration IDLE = Duration.ofMillis(10);
    /** A server that cannot tell in one go, as where temporary files are bounded or the role may not do it silently, is not asked so again for so long. */
    private static final Duration DISTRUST = Duration.ofHours(1);
    /** Pages of the log have a multiple of this. At the end of one the log may be on disk up to the middle of a record. */
    private static final int PAGE = 1024;

    private final Layouts layouts = new Layouts();
    private @Nullable Reading reading;
    private long trustedFrom = System.nanoTime();
    private final Notes notes = new Notes();

    /**
     * A reader and what it has told of transactions that have not ended.
     *
     * @param open goes with the reader, which tells it anew
     */
    record Reading(LogReader log, OpenTransactions open, Layouts layouts) {
        boolean isWithinTransactions() {
            return !open.isEmpty() || open.isWithin() || open.isHolding();
        }
    }

    /**
     * What a tick reads.
     *
     * @param from where the last one ended
     * @param to where this one ends at least
     */
    record Range(Lsn from, Lsn to) {}

    /**
     * Where a tick ends that begins now: where the log is on disk. Where much is read again, or would be if it were not streamed, the server first
     * notes in it from where the next look may begin, so that this tick meets the note.
     *
     * @param from where the last tick ended
     */
    Lsn target(LogSource source, Lsn from) {
        Slot.Standing slot = source.slot();
        Reading now = reading;
        if (now == null || now.isWithinTransactions() || isDistrusted()) {
            return slot.flushed();
        }
        boolean streams = now.log() instanceof LogStream;
        if (!notes.areWanted(LogWindow.of(slot, from, slot.flushed()), streams)) {
            return slot.flushed();
        }
        if (notes.write(source, streams) && now.log() instanceof LogPeek peek) {
            peek.meetNotes();
        }
        return source.slot().flushed();
    }

    /**
     * Stands where the last drain ended.
     *
     * @param folder for open transactions
     * @param memory bytes that they may take
     */
    Reading reading(LogSource source, Catalogue catalogue, Range range, Path folder, long memory) throws IOException {
        layouts.ask(source, catalogue);
        Optional<Lsn> end = peekEnd(source, range);
        LogPeek peek = end.isPresent() ? peek(source, folder, memory) : null;
        if (peek != null) {
            peek.begin(end.orElseThrow());
            stay(source.slot(), range.from());
        } else if (reading == null || reading.log() instanceof LogPeek) {
            end();
            hold(source.stream(range.from()), folder, memory);
        }
        return Objects.requireNonNull(reading);
    }

    private void hold(LogReader log, Path folder, long memory) throws IOException {
        reading = new Reading(log, new OpenTransactions(log.relations(), layouts, folder, memory), layouts);
    }

    /** Null where the server cannot be looked at in that way. */
    private @Nullable LogPeek peek(LogSource source, Path folder, long memory) throws IOException {
        if (reading != null && reading.log() instanceof LogPeek known) {
            return known;
        }
        end();
        LogPeek opened = source.peek().orElse(null);
        if (opened == null) {
            trustedFrom = System.nanoTime() + DISTRUST.toNanos();
        } else {
            hold(opened, folder, memory);
        }
        return opened;
    }

    /** Up to where the server is to read in one go; empty where a stream is better. */
    private Optional<Lsn> peekEnd(LogSource source, Range range) {
        if (isDistrusted() || (reading != null && reading.isWithinTransactions())) {
            return Optional.empty();
        }
        LogWindow window = LogWindow.of(source.slot(), range.from(), range.to());
        boolean streams = reading != null && reading.log() instanceof LogStream;
        if (!(streams ? window.isClearlyShort() : window.isShort())) {
            return Optional.empty();
        }
        Lsn end = mayCutRecord(range.to()) ? source.pass() : range.to();
        return mayCutRecord(end) ? Optional.empty() : Optional.of(end);
    }

    private boolean isDistrusted() {
        return System.nanoTime() - trustedFrom < 0;
    }

    private static boolean mayCutRecord(Lsn end) {
        return end.value() % PAGE == 0;
    }

    /** Nobody else holds the slot between two looks. */
    private static void stay(Slot.Standing slot, Lsn from) {
        if (slot.confirmed().filter(confirmed -> confirmed.compareTo(from) > 0).isPresent()) {
            throw new BrokenChainException(
                    "the slot was moved on while it was read, by a second sender of the same source?");
        }
    }

    /**
     * Between two ticks: takes what the server tells of transactions that have not ended, so that their end finds nothing left to be read. Ends
     * where something else comes.
     */
    void readAhead(Duration limit) {
        Reading now = reading;
        if (now == null || now.open().isEmpty() || !(now.log() instanceof LogStream stream)) {
            return;
        }
        try {
            readAhead(stream, now.open(), System.nanoTime() + limit.toNanos());
        } catch (TidemarkException | IOException failure) {
            LOG.debug("reading ahead; the next tick begins where the last one ended", failure);
            abort();
        }
    }

    private static void readAhead(LogStream stream, OpenTransactions open, long end) throws IOException {
        stream.resume();
        while (System.nanoTime() - end < 0 && stream.silence().compareTo(IDLE) < 0) {
            LogMessage message = stream.next();
            if (message == null) {
                stream.await();
            } else if (!open.goesOn(message)) {
                stream.putBack(message);
                return;
            }
        }
    }

    /** Ends it where it stands outside of a transaction, with all said that there is to say. */
    void end() {
        forget().ifPresent(LogReader::end);
    }

    /** Cuts it wherever it stands. */
    void abort() {
        forget().ifPresent(LogReader::close);
    }

    /** @return what was open and is to be ended */
    private Optional<LogReader> forget() {
        Reading ended = reading;
        reading = null;
        if (ended == null) {
            return Optional.empty();
        }
        if (ended.log() instanceof LogPeek peek && peek.wasTooMuch()) {
            trustedFrom = System.nanoTime() + DISTRUST.toNanos();
        }
        try {
            ended.open().close();
        } catch (IOException failure) {
            LOG.warn("files of open transactions cannot be removed: {}", failure.toString());
        }
        return Optional.of(ended.log());
    }

    void pulse() {
        if (reading != null) {
            reading.log().pulseIfDue();
        }
    }

    void confirm(Lsn position) {
        if (reading != null) {
            reading.log().confirm(position);
        }
    }
}
