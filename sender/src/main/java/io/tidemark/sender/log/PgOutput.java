package io.tidemark.sender.log;

import io.tidemark.change.Tuple;
import io.tidemark.failure.DamagedException;
import io.tidemark.position.Lsn;
import io.tidemark.sender.log.LogMessage.Column;
import io.tidemark.sender.log.LogMessage.Other;
import io.tidemark.table.TableName;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Decodes messages of pgoutput, protocol version 2 (PostgreSQL documentation, "Logical Replication Message Formats"). */
public final class PgOutput {
    /** Microseconds since this instant are PostgreSQL's timestamps. */
    private static final long EPOCH_SECONDS = 946_684_800L;

    private static final long MICROS = 1_000_000L;
    private static final int MOST_COLUMNS = 1600;
    /** Kinds of messages that name their transaction where they stand in a part of one. */
    private static final String IN_PARTS = "RIUDT";

    private final Relations relations;
    private boolean within;

    public PgOutput() {
        this(new Relations());
    }

    /** @param relations that messages refer to, and that are told by them */
    public PgOutput(Relations relations) {
        this.relations = relations;
    }

    /** What has been told up to now. */
    public Relations relations() {
        return relations;
    }

    /**
     * @param message with an array, which is not kept
     * @throws DamagedException where it is not what the protocol allows
     */
    public LogMessage decode(ByteBuffer message) throws DamagedException {
        return guarded(message, () -> {
            int start = message.position();
            char kind = (char) message.get();
            if (within && IN_PARTS.indexOf(kind) >= 0) {
                int xid = message.getInt();
                ByteBuffer bytes = message.duplicate().position(start);
                message.position(message.limit());
                return new LogMessage.Streamed(xid, bytes);
            }
            return decode(kind, message);
        });
    }

    /** @param part of a {@link LogMessage.Streamed} */
    public LogMessage decodePart(ByteBuffer part) throws DamagedException {
        return guarded(part, () -> {
            char kind = (char) part.get();
            part.getInt();
            return decode(kind, part);
        });
    }

    private interface Decoding {
        LogMessage run() throws DamagedException;
    }

    private static LogMessage guarded(ByteBuffer message, Decoding decoding) throws DamagedException {
        try {
            LogMessage decoded = decoding.run();
            if (!(decoded instanceof Other) && message.hasRemaining()) {
                throw new DamagedException("log message: " + message.remaining() + " bytes too many");
            }
            return decoded;
        } catch (BufferUnderflowException cutShort) {
            throw new DamagedException("log message: it is cut short", cutShort);
        } catch (IllegalArgumentException impossible) {
            throw new DamagedException("log message: " + impossible.getMessage(), impossible);
        }
    }

    private LogMessage decode(char kind, ByteBuffer message) throws DamagedException {
        return switch (kind) {
            case 'B' -> begin(message);
            case 'C' -> commit(message);
            case 'R' -> relation(message);
            case 'I' -> insert(message);
            case 'U' -> update(message);
            case 'D' -> delete(message);
            case 'T' -> truncate(message);
            case 'S' -> streamStart(message);
            case 'E' -> streamStop();
            case 'c' -> streamCommit(message);
            case 'A' -> new LogMessage.StreamAbort(message.getInt(), message.getInt());
            case 'O', 'Y', 'M' -> new Other();
            default -> throw new DamagedException("log message: kind " + (int) kind + " is not known");
        };
    }

    private static LogMessage begin(ByteBuffer message) {
        Lsn commit = new Lsn(message.getLong());
        Instant time = time(message.getLong());
        message.getInt();
        return new LogMessage.Begin(commit, time);
    }

    private static LogMessage commit(ByteBuffer message) {
        message.get();
        message.getLong();
        return new LogMessage.Commit(new Lsn(message.getLong()), time(message.getLong()));
    }

    private LogMessage streamStart(ByteBuffer message) throws DamagedException {
        require(!within, "a part of a transaction within another");
        within = true;
        int xid = message.getInt();
        message.get();
        return new LogMessage.StreamStart(xid);
    }

    private LogMessage streamStop() throws DamagedException {
        require(within, "the end of no part");
        within = false;
        return new LogMessage.StreamStop();
    }

    private static LogMessage streamCommit(ByteBuffer message) {
        int xid = message.getInt();
        message.get();
        message.getLong();
        Lsn end = new Lsn(message.getLong());
        message.getLong();
        return new LogMessage.StreamCommit(xid, end);
    }

    private static Instant time(long micros) {
        return Instant.ofEpochSecond(
                EPOCH_SECONDS + Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1000L);
    }

    private LogMessage relation(ByteBuffer message) throws DamagedException {
        int id = message.getInt();
        String schema = text(message);
        TableName table = new TableName(schema.isEmpty() ? "pg_catalog" : schema, text(message));
        char identity = (char) message.get();
        int count = message.getShort();
        if (count < 0 || count > MOST_COLUMNS) {
            throw new DamagedException("log message: a table of " + count + " columns");
        }
        List<Column> list = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean inIdentity = message.get() == 1;
            list.add(new Column(text(message), inIdentity, message.getInt() & 0xffff_ffffL, message.getInt()));
        }
        LogMessage.Relation relation = new LogMessage.Relation(id, table, identity, list);
        relations.put(relation);
        return relation;
    }

    private LogMessage insert(ByteBuffer message) throws DamagedException {
        int relation = message.getInt();
        require((char) message.get() == 'N', "an insert without a row");
        return new LogMessage.Insert(relation, tuple(relation, message));
    }

    private LogMessage update(ByteBuffer message) throws DamagedException {
        int relation = message.getInt();
        char kind = (char) message.get();
        if (kind == 'N') {
            return new LogMessage.Update(relation, '0', null, tuple(relation, message));
        }
        require(kind == 'K' || kind == 'O', "an update with an image that is not known");
        Tuple before = tuple(relation, message);
        require((char) message.get() == 'N', "an update without a row");
        return new LogMessage.Update(relation, kind, before, tuple(relation, message));
    }

    private LogMessage delete(ByteBuffer message) throws DamagedException {
        int relation = message.getInt();
        char kind = (char) message.get();
        require(kind == 'K' || kind == 'O', "a delete without a key");
        return new LogMessage.Delete(relation, kind, tuple(relation, message));
    }

    private LogMessage truncate(ByteBuffer message) throws DamagedException {
        int count = message.getInt();
        message.get();
        require(count >= 0 && count == message.remaining() / Integer.BYTES, "a truncate of " + count + " tables");
        List<Integer> truncated = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            truncated.add(known(message.getInt()).id());
        }
        return new LogMessage.Truncate(truncated);
    }

    private Tuple tuple(int relation, ByteBuffer message) throws DamagedException {
        int expected = known(relation).columns().size();
        require(message.getShort() == expected, "a row with another number of columns than its table");
        return Tuple.take(message, expected);
    }

    private LogMessage.Relation known(int id) throws DamagedException {
        LogMessage.Relation relation = relations.find(id);
        if (relation == null) {
            throw new DamagedException("log message: a table that was not told before");
        }
        return relation;
    }

    private static String text(ByteBuffer message) throws DamagedException {
        int start = message.position();
        byte last = message.get();
        while (last != 0) {
            last = message.get();
        }
        ByteBuffer name = message.duplicate().position(start).limit(message.position() - 1);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(name).toString();
        } catch (CharacterCodingException notText) {
            throw new DamagedException("log message: a name that is not UTF-8", notText);
        }
    }

    private static void require(boolean condition, String otherwise) throws DamagedException {
        if (!condition) {
            throw new DamagedException("log message: " + otherwise);
        }
    }
}
