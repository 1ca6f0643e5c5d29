package io.tidemark.sender.partial;

import io.tidemark.failure.DamagedException;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.position.Lsn;
import io.tidemark.sender.log.BrokenChainException;
import io.tidemark.sender.log.LogMessage;
import io.tidemark.sender.log.LogStream;
import io.tidemark.sender.log.TableLayout;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads whole transactions from the log into a batch, up to the end that it is given or a little further. */
final class Drain {
    /** How often memory is looked at, in changes. */
    private static final int LOOK = 1024;

    private final LogStream stream;
    private final Function<LogMessage.Relation, TableLayout> layouts;
    private final Map<Integer, TableLayout> known = new HashMap<>();
    private final Batch batch;
    private final Lsn drained;
    private @Nullable Lsn lastCommit;
    private boolean inside;
    private boolean skipping;
    private boolean keysMoved;
    private int transaction;
    private long changes;

    /** @param drained transactions that end here or before are known already */
    Drain(LogStream stream, Function<LogMessage.Relation, TableLayout> layouts, Batch batch, Lsn drained) {
        this.stream = stream;
        this.layouts = layouts;
        this.batch = batch;
        this.drained = drained;
    }

    /** The layout of a table changed within what a batch holds. */
    private static final class MovedException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /**
     * @param target to be reached at least
     * @param before ends at the commit that ends there, where present
     */
    Drained run(Lsn target, Optional<Lsn> before) throws IOException {
        try {
            while (true) {
                LogMessage message = stream.next();
                if (message == null) {
                    if (!inside && stream.told().compareTo(target) >= 0) {
                        return new Drained(stream.told(), false, Optional.empty());
                    }
                    stream.await();
                } else if (take(message)) {
                    Lsn end = lastCommit == null ? drained : lastCommit;
                    if (before.isPresent() ? end.compareTo(before.get()) >= 0 : batch.isFull()) {
                        return new Drained(end, true, Optional.empty());
                    }
                    if (end.compareTo(target) >= 0) {
                        return new Drained(end, false, Optional.empty());
                    }
                }
            }
        } catch (MovedException moved) {
            if (lastCommit == null) {
                throw new BrokenChainException(
                        "one transaction changes a table's definition and its rows both before and" + " after that");
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

    /** Whether a transaction has ended that counts. */
    private boolean take(LogMessage message) throws IOException, MovedException {
        if (message instanceof LogMessage.Begin begin) {
            inside = true;
            transaction++;
            skipping = begin.commit().compareTo(drained) < 0;
        } else if (message instanceof LogMessage.Commit commit) {
            inside = false;
            if (!skipping) {
                lastCommit = commit.end();
                if (keysMoved) {
                    batch.ended(transaction, commit.end());
                    keysMoved = false;
                }
                return true;
            }
        } else if (message instanceof LogMessage.Relation relation) {
            relation(relation);
        } else if (!skipping) {
            change(message);
            if (++changes % LOOK == 0) {
                batch.relieve();
                stream.pulseIfDue();
            }
        }
        return false;
    }

    private void relation(LogMessage.Relation relation) throws MovedException {
        TableLayout layout = layout(relation);
        Optional<TableBatch> before = batch.table(relation.table());
        if (before.isPresent() && !before.get().layout().isAlike(layout)) {
            throw new MovedException();
        }
    }

    private void change(LogMessage message) throws IOException {
        if (message instanceof LogMessage.Insert insert) {
            Optional<TableBatch> table = table(insert.relation());
            if (table.isPresent()) {
                table.get().insert(insert);
            }
        } else if (message instanceof LogMessage.Update update) {
            keysMoved |= update.before() != null;
            Optional<TableBatch> table = table(update.relation());
            if (table.isPresent()) {
                table.get().update(update, transaction);
            }
        } else if (message instanceof LogMessage.Delete delete) {
            Optional<TableBatch> table = table(delete.relation());
            if (table.isPresent()) {
                table.get().delete(delete);
            }
        } else if (message instanceof LogMessage.Truncate truncate) {
            for (int relation : truncate.relations()) {
                Optional<TableBatch> table = table(relation);
                if (table.isPresent()) {
                    table.get().truncate();
                }
            }
        }
    }

    /** Empty where the table has no key by which its rows could be told apart; it travels with completes. */
    private Optional<TableBatch> table(int relation) {
        TableLayout layout = known.get(relation);
        if (layout == null) {
            layout = layout(stream.relation(relation));
        }
        return layout.key().isEmpty() ? Optional.empty() : Optional.of(batch.table(layout));
    }

    private TableLayout layout(LogMessage.Relation relation) {
        TableLayout layout = layouts.apply(relation);
        known.put(relation.id(), layout);
        return layout;
    }
}
