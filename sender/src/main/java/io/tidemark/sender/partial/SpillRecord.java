package io.tidemark.sender.partial;

import io.tidemark.change.Former;
import io.tidemark.change.RowLog;
import io.tidemark.change.Tuple;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Changes of rows as they lie in a {@link SpillFile}, each behind its number in the log's order. */
final class SpillRecord {
    private static final byte INSERT = 'I';
    private static final byte UPDATE = 'U';
    private static final byte MOVE = 'M';
    private static final byte DELETE = 'D';
    private static final byte STATE = 'S';

    private SpillRecord() {}

    static void insert(DataOutputStream out, long number, Tuple row) throws IOException {
        head(out, number, INSERT);
        tuple(out, row);
    }

    static void update(DataOutputStream out, long number, Tuple row) throws IOException {
        head(out, number, UPDATE);
        tuple(out, row);
    }

    static void move(DataOutputStream out, long number, Tuple oldKey, Tuple row, int transaction) throws IOException {
        head(out, number, MOVE);
        tuple(out, oldKey);
        tuple(out, row);
        out.writeInt(transaction);
    }

    static void delete(DataOutputStream out, long number, Tuple key) throws IOException {
        head(out, number, DELETE);
        tuple(out, key);
    }

    /** What a row had come to; see {@link RowLog#restore}. */
    record State(
            Tuple key,
            boolean before,
            boolean fresh,
            @Nullable Tuple row,
            List<Former> formerly) {}

    static void state(DataOutputStream out, long number, State state) throws IOException {
        head(out, number, STATE);
        tuple(out, state.key());
        out.writeBoolean(state.before());
        out.writeBoolean(state.fresh());
        Tuple row = state.row();
        out.writeBoolean(row != null);
        if (row != null) {
            tuple(out, row);
        }
        out.writeInt(state.formerly().size());
        for (Former former : state.formerly()) {
            tuple(out, former.key());
            out.writeInt(former.transaction());
        }
    }

    private static void head(DataOutputStream out, long number, byte kind) throws IOException {
        out.writeLong(number);
        out.writeByte(kind);
    }

    private static void tuple(DataOutputStream out, Tuple tuple) throws IOException {
        out.writeInt(tuple.bytes().length);
        out.write(tuple.bytes(), 0, tuple.bytes().length);
    }

    /** The number of the record that comes next; -1 at the end. */
    static long number(DataInputStream in) throws IOException {
        try {
            return in.readLong();
        } catch (EOFException end) {
            return -1;
        }
    }

    /** The record behind its number. */
    static void replay(DataInputStream in, RowLog log) throws IOException {
        byte kind = in.readByte();
        switch (kind) {
            case INSERT -> log.insert(tuple(in));
            case UPDATE -> log.update(null, tuple(in), 0);
            case DELETE -> log.delete(tuple(in));
            case MOVE -> {
                Tuple oldKey = tuple(in);
                log.update(oldKey, tuple(in), in.readInt());
            }
            case STATE -> {
                Tuple key = tuple(in);
                boolean before = in.readBoolean();
                boolean fresh = in.readBoolean();
                Tuple row = in.readBoolean() ? tuple(in) : null;
                List<Former> formerly = new ArrayList<>();
                for (int left = in.readInt(); left > 0; left--) {
                    formerly.add(new Former(tuple(in), in.readInt()));
                }
                log.restore(key, before, fresh, row, formerly);
            }
            default -> throw new IOException("a file of our own was changed meanwhile");
        }
    }

    private static Tuple tuple(DataInputStream in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return Tuple.wrap(bytes);
    }
}
