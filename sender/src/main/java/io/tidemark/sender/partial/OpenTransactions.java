package io.tidemark.sender.partial;

import io.tidemark.file.DurableFiles;
import io.tidemark.position.Lsn;
import io.tidemark.sender.log.LogMessage;
import io.tidemark.sender.log.Relations;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The large transactions that have not ended yet, as far as one stream has told them; they outlast a tick, and go with the stream. One that has
 * been committed is taken into a batch whole, where that has nothing of the same tables; else it waits here for the next batch.
 */
final class OpenTransactions implements Closeable {
    /** How often memory is looked at, in parts. */
    private static final int LOOK = 1024;

    private final Relations relations;
    private final Layouts layouts;
    private final Path folder;
    private final long memory;
    private final Map<Integer, OpenTransaction> open = new HashMap<>();
    private @Nullable OpenTransaction current;
    private @Nullable Held held;
    private int last;
    private long parts;

    /** Committed, and not in a batch yet. */
    private record Held(OpenTransaction transaction, Lsn end) {}

    /**
     * @param folder of its own
     * @param memory bytes that the changes of all may take together
     */
    OpenTransactions(Relations relations, Layouts layouts, Path folder, long memory) throws IOException {
        this.relations = relations;
        this.layouts = layouts;
        this.folder = folder;
        this.memory = memory;
        DurableFiles.deleteTree(folder);
        Files.createDirectories(folder);
    }

    /** Whether a part of a transaction has begun and not ended. */
    boolean isWithin() {
        return current != null;
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    /**
     * Takes a part of a transaction that has not ended.
     *
     * @return whether it is one; another message is not touched
     */
    boolean goesOn(LogMessage message) throws IOException {
        if (message instanceof LogMessage.Streamed part) {
            take(part);
            if (++parts % LOOK == 0) {
                relieve();
            }
        } else if (message instanceof LogMessage.StreamStart start) {
            start(start);
        } else if (message instanceof LogMessage.StreamStop) {
            current = null;
        } else {
            return false;
        }
        return true;
    }

    private void start(LogMessage.StreamStart part) {
        current = open.computeIfAbsent(
                part.xid(), xid -> new OpenTransaction(xid, --last, relations, layouts, folder, memory));
    }

    private void take(LogMessage.Streamed part) throws IOException {
        if (current == null) {
            throw new IllegalStateException("a part of no transaction");
        }
        current.take(part);
    }

    void abort(LogMessage.StreamAbort abort) throws IOException {
        if (abort.xid() == abort.subtransaction()) {
            forget(abort.xid());
        } else {
            OpenTransaction transaction = open.get(abort.xid());
            if (transaction != null) {
                transaction.takeBack(abort.subtransaction());
            }
        }
    }

    /** One that is of no interest, or has never been. */
    void forget(int xid) throws IOException {
        OpenTransaction gone = open.remove(xid);
        if (gone != null) {
            gone.close();
        }
    }

    /** From now on it is the one to be taken into a batch. */
    void commit(LogMessage.StreamCommit commit, OpenTransaction.Relief relief) throws IOException {
        OpenTransaction transaction = open.get(commit.xid());
        if (transaction != null) {
            transaction.commit(relief);
            held = new Held(transaction, commit.end());
            open.remove(commit.xid());
        }
    }

    /** Whether one waits for a batch. */
    boolean isHolding() {
        return held != null;
    }

    /** @return where the transaction ends that the batch has taken; empty where none waits, or the batch cannot take it */
    Optional<Lsn> handOver(Batch batch) throws IOException {
        Held ready = held;
        if (ready == null || !batch.isApart(ready.transaction().batch())) {
            return Optional.empty();
        }
        batch.adopt(ready.transaction().batch(), layouts);
        batch.ended(ready.transaction().number(), ready.end());
        ready.transaction().close();
        held = null;
        return Optional.of(ready.end());
    }

    /** Puts the largest tables on disk where there is too much in memory. */
    void relieve() throws IOException {
        while (open.values().stream().mapToLong(each -> each.batch().bytes()).sum() > memory) {
            open.values().stream()
                    .map(OpenTransaction::batch)
                    .max(Comparator.comparingLong(Batch::bytes))
                    .orElseThrow()
                    .spillLargest();
        }
    }

    @Override
    public void close() throws IOException {
        for (OpenTransaction transaction : open.values()) {
            transaction.close();
        }
        open.clear();
        current = null;
        if (held != null) {
            held.transaction().close();
            held = null;
        }
        DurableFiles.deleteTree(folder);
    }
}
