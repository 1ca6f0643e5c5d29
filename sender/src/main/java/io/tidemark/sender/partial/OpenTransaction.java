package io.tidemark.sender.partial;

import io.tidemark.sender.log.LogMessage;
import io.tidemark.sender.log.PgOutput;
import io.tidemark.sender.log.Relations;
import io.tidemark.sender.log.TableLayout;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What the server has told of a transaction that has not ended yet. Its changes go into a batch at once, up to the first of a subtransaction:
 * that may be taken back alone, so that from there on messages are kept as they are, to be read when the transaction is committed.
 */
final class OpenTransaction implements Closeable {
    private final int xid;
    private final int number;
    private final Path folder;
    private final Batch batch;
    private final PgOutput decoder;
    private final BatchFiller filler;
    private @Nullable KeptMessages kept;
    private boolean moved;

    /**
     * @param number for {@link Batch#ended}
     * @param relations what the log has told to everybody
     * @param folder for what does not fit into memory
     * @param memory that a table's changes may take when they are compacted
     */
    OpenTransaction(int xid, int number, Relations relations, Layouts layouts, Path folder, long memory) {
        this.xid = xid;
        this.number = number;
        this.folder = folder;
        this.batch = new Batch(folder, memory);
        this.decoder = new PgOutput(relations.within());
        this.filler = new BatchFiller(batch, decoder.relations(), layouts, OpenTransaction::areToldAlike);
    }

    /** What types are called is only known once a transaction that makes them has been committed. */
    private static boolean areToldAlike(TableLayout one, TableLayout other) {
        return one.relation().equals(other.relation());
    }

    int number() {
        return number;
    }

    Batch batch() {
        return batch;
    }

    void take(LogMessage.Streamed part) throws IOException {
        if (kept == null && part.xid() != xid) {
            kept = new KeptMessages(xid, folder.resolve("open-" + -number + ".tmp"));
        }
        if (kept != null) {
            kept.add(part.xid(), part.bytes());
        } else if (!moved) {
            fill(part.bytes());
        }
    }

    private void fill(ByteBuffer part) throws IOException {
        try {
            filler.take(decoder.decodePart(part), number);
        } catch (MovedException definition) {
            moved = true;
        }
    }

    /** @param subtransaction one that has sent something, or else nothing is to be done */
    void takeBack(int subtransaction) {
        if (kept != null) {
            kept.takeBack(subtransaction);
        }
    }

    /**
     * It was committed: all of it is in the batch afterwards.
     *
     * @param relief called again and again
     */
    void commit(Relief relief) throws IOException {
        if (kept != null) {
            kept.read(part -> {
                fill(part);
                relief.relieve();
            });
        }
        if (moved) {
            throw MovedException.withinTransaction();
        }
        decoder.relations().committed();
    }

    /** Keeps within bounds what is in memory. */
    @FunctionalInterface
    interface Relief {
        void relieve() throws IOException;
    }

    @Override
    public void close() throws IOException {
        batch.close();
        if (kept != null) {
            kept.close();
        }
    }
}
