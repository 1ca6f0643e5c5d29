package io.tidemark.sender.log;

import io.tidemark.change.Tuple;
import io.tidemark.position.Lsn;
import io.tidemark.table.TableName;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the output plugin pgoutput says, protocol version 2 with streaming. */
public sealed interface LogMessage {
    /** A transaction begins; all until its {@link Commit} belongs to it. */
    record Begin(Lsn commit, Instant time) implements LogMessage {}

    /** @param end where the transaction ends in the log: what positions are compared with */
    record Commit(Lsn end, Instant time) implements LogMessage {}

    /**
     * What a table looks like from here on.
     *
     * @param identity as {@code pg_class.relreplident}: {@code d}, {@code i}, {@code f} or {@code n}
     */
    record Relation(int id, TableName table, char identity, List<Column> columns) implements LogMessage {
        public Relation {
            columns = List.copyOf(columns);
        }
    }

    /**
     * A column of a table.
     *
     * @param identity whether it belongs to the replica identity; under FULL every column does
     */
    record Column(String name, boolean identity, long type, int modifier) {}

    record Insert(int relation, Tuple row) implements LogMessage {}

    /**
     * @param old {@code K}: the old row with its key alone, as that changed. {@code O}: the whole old row. {@code 0}: there is none
     */
    record Update(int relation, char old, @Nullable Tuple before, Tuple row) implements LogMessage {}

    /** @param old {@code K} or {@code O}, as above */
    record Delete(int relation, char old, Tuple before) implements LogMessage {}

    record Truncate(List<Integer> relations) implements LogMessage {
        public Truncate {
            relations = List.copyOf(relations);
        }
    }

    /** A part of a large transaction that has not ended yet begins. */
    record StreamStart(int xid) implements LogMessage {}

    /** The part ends; the transaction goes on. */
    record StreamStop() implements LogMessage {}

    /**
     * A change within a part, not decoded yet.
     *
     * @param xid of the transaction or of one of its subtransactions
     * @param bytes for {@link PgOutput#decodePart}, good until the next message is read
     */
    record Streamed(int xid, ByteBuffer bytes) implements LogMessage {}

    /** @param end where the transaction ends in the log */
    record StreamCommit(int xid, Lsn end) implements LogMessage {}

    /** @param subtransaction that is taken back; the transaction itself where all of it is */
    record StreamAbort(int xid, int subtransaction) implements LogMessage {}

    /** Something that changes no row. */
    record Other() implements LogMessage {}
}
