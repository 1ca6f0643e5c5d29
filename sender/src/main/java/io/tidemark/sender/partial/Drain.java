package io.tidemark.sender.partial;

import io.tidemark.failure.DamagedException;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.position.Lsn;
import io.tidemark.sender.log.LogMessage;
import io.tidemark.sender.log.LogReader;
import io.tidemark.sender.log.TableLayout;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads whole transactions from the log into a batch, up to the end that it is given or a little further. */
final class Drain {
    /** How often memory is looked at, in changes. */
    private static final int LOOK = 1024;

    /** A server that has something to say says it sooner. */
    private static final Duration LONG = Duration.ofMillis(300);

    private final LogReader log;
    private final OpenTransactions open;
    private final Batch batch;
    private final BatchFiller filler;
    private final Lsn drained;
    private final Runnable nudge;
    private boolean nudged;
    private @Nullable Lsn lastCommit;
    private boolean inside;
    private boolean skipping;
    private boolean keysMoved;
    private int transaction;
    private long changes;

    /**
     * @param drained transactions that end here or before are known already
     * @param nudge writes something into the log, durably
     */
    Drain(LogHolder.Reading reading, Batch batch, Lsn drained, Runnable nudge) {
        this.nudge = nudge;
        this.log = reading.log();
        this.open = reading.open();
        this.batch = batch;
        this.filler = new BatchFiller(batch, log.relations(), reading.layouts(), TableLayout::isAlike);
        this.drained = drained;
    }

    /**
     * @param target to be reached at least
     * @param before ends at the commit that ends there, where present
     */
    Drained run(Lsn target, Optional<Lsn> before) throws IOException {
        log.resume();
        try {
            Optional<Drained> ended = handedOver() ? ended(target, before) : Optional.empty();
            while (ended.isEmpty()) {
                LogMessage message = log.next();
                if (message != null) {
                    ended = take(message) ? ended(target, before) : cut();
                } else if (!inside && !open.isWithin() && log.told().compareTo(target) >= 0) {
                    return new Drained(later(log.told(), end()), false, Optional.empty());
                } else {
                    await();
                }
            }
            return ended.get();
        } catch (MovedException moved) {
            if (lastCommit == null) {
                throw MovedException.withinTransaction();
            }
            return new Drained(lastCommit, true, Optional.of(lastCommit));
        } catch (DamagedException damaged) {
            throw new TidemarkException(
                    FailureCode.FAILED,
                    damaged.reason(),
                    "this is a defect, or a server of a kind that is not known here",
                    damaged);
        }
    }

    /** The log may be on disk up to the middle of a record of an open transaction; the rest of that comes when somebody writes. */
    private void await() {
        log.await();
        if (!nudged && log.silence().compareTo(LONG) > 0) {
            nudged = true;
            nudge.run();
        }
    }

    /** Whether the batch, which has taken a transaction, has to end there. */
    private Optional<Drained> ended(Lsn target, Optional<Lsn> before) {
        Lsn end = end();
        if (before.isPresent() ? end.compareTo(before.get()) >= 0 : batch.isFull()) {
            return Optional.of(new Drained(end, true, Optional.empty()));
        }
        return end.compareTo(target) >= 0 ? Optional.of(new Drained(end, false, Optional.empty())) : Optional.empty();
    }

    /** Before a transaction that the batch cannot take. */
    private Optional<Drained> cut() {
        return open.isHolding() ? Optional.of(new Drained(end(), true, Optional.empty())) : Optional.empty();
    }

    /** Everything up to there is in the batch. */
    private Lsn end() {
        return lastCommit == null ? drained : lastCommit;
    }

    /** What a part of an open transaction tells may lie before what was committed meanwhile. */
    private static Lsn later(Lsn one, Lsn other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    /** Whether a transaction has ended that counts, and is in the batch. */
    private boolean take(LogMessage message) throws IOException, MovedException {
        if (message instanceof LogMessage.Begin begin) {
            inside = true;
            transaction++;
            skipping = begin.commit().compareTo(drained) < 0;
        } else if (message instanceof LogMessage.Commit commit) {
            inside = false;
            return !skipping && ended(commit);
        } else if (open.goesOn(message)) {
            relieve();
        } else if (message instanceof LogMessage.StreamCommit commit) {
            return ended(commit);
        } else if (message instanceof LogMessage.StreamAbort abort) {
            open.abort(abort);
        } else if (message instanceof LogMessage.Relation || !skipping) {
            keysMoved |= filler.take(message, transaction);
            relieve();
        }
        return false;
    }

    private boolean ended(LogMessage.Commit commit) {
        lastCommit = commit.end();
        if (keysMoved) {
            batch.ended(transaction, commit.end());
            keysMoved = false;
        }
        return true;
    }

    private boolean ended(LogMessage.StreamCommit commit) throws IOException {
        if (commit.end().compareTo(drained) <= 0) {
            open.forget(commit.xid());
            return false;
        }
        open.commit(commit, this::relieve);
        return handedOver();
    }

    private boolean handedOver() throws IOException {
        Optional<Lsn> end = open.handOver(batch);
        end.ifPresent(lsn -> lastCommit = lsn);
        return end.isPresent();
    }

    private void relieve() throws IOException {
        if (++changes % LOOK == 0) {
            batch.relieve();
            open.relieve();
            log.pulseIfDue();
        }
    }
}
