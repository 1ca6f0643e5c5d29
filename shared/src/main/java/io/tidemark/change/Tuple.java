package io.tidemark.change;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Cells of a row, or of its key, in few bytes: those that the protocol of logical replication sends, without the count before them. Equal
 * bytes mean equal cells.
 */
public final class Tuple {
    static final byte NULL = 'n';
    static final byte UNCHANGED = 'u';
    static final byte TEXT = 't';
    /** What a value takes before its text: the kind and an int32 for the length. */
    private static final int BEFORE_TEXT = 5;

    private final byte[] bytes;
    private final int hash;

    private Tuple(byte[] bytes) {
        this.bytes = bytes;
        this.hash = Arrays.hashCode(bytes);
    }

    /**
     * Takes {@code columns} cells out of a message, which stands behind them then.
     *
     * @throws IllegalArgumentException where they are cut short or no cells
     */
    public static Tuple take(ByteBuffer message, int columns) {
        byte[] all = message.array();
        int limit = message.arrayOffset() + message.limit();
        int from = message.arrayOffset() + message.position();
        int at = from;
        for (int column = 0; column < columns; column++) {
            if (at >= limit) {
                throw new IllegalArgumentException("fewer cells than columns");
            }
            at = end(all, at);
            if (at > limit) {
                throw new IllegalArgumentException("a value is cut short");
            }
        }
        message.position(message.position() + at - from);
        return new Tuple(Arrays.copyOfRange(all, from, at));
    }

    /** @param bytes that {@link #bytes} gave; not copied */
    public static Tuple wrap(byte[] bytes) {
        return new Tuple(bytes);
    }

    public static Tuple of(List<Cell> cells) {
        ByteBuffer bytes = ByteBuffer.allocate(cells.stream()
                .mapToInt(cell ->
                        cell.text() == null ? 1 : BEFORE_TEXT + cell.text().getBytes(StandardCharsets.UTF_8).length)
                .sum());
        for (Cell cell : cells) {
            String text = cell.text();
            if (text == null) {
                bytes.put(cell.unchanged() ? UNCHANGED : NULL);
            } else {
                byte[] value = text.getBytes(StandardCharsets.UTF_8);
                bytes.put(TEXT).putInt(value.length).put(value);
            }
        }
        return new Tuple(bytes.array());
    }

    public List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        for (int at = 0; at < bytes.length; at = end(bytes, at)) {
            cells.add(
                    switch (bytes[at]) {
                        case NULL -> Cell.NULL;
                        case UNCHANGED -> Cell.UNCHANGED;
                        default ->
                            Cell.of(new String(bytes, at + BEFORE_TEXT, length(bytes, at), StandardCharsets.UTF_8));
                    });
        }
        return cells;
    }

    /** As stored; to be read only. */
    public byte[] bytes() {
        return bytes;
    }

    public boolean hasUnchanged() {
        for (int at = 0; at < bytes.length; at = end(bytes, at)) {
            if (bytes[at] == UNCHANGED) {
                return true;
            }
        }
        return false;
    }

    /** The cells at these places, in that order. */
    public Tuple pick(int[] places) {
        int[] starts = new int[places.length];
        int[] ends = new int[places.length];
        int column = 0;
        int size = 0;
        for (int at = 0; at < bytes.length; column++) {
            int next = end(bytes, at);
            for (int i = 0; i < places.length; i++) {
                if (places[i] == column) {
                    starts[i] = at;
                    ends[i] = next;
                    size += next - at;
                }
            }
            at = next;
        }
        ByteBuffer picked = ByteBuffer.allocate(size);
        for (int i = 0; i < places.length; i++) {
            picked.put(bytes, starts[i], ends[i] - starts[i]);
        }
        return new Tuple(picked.array());
    }

    /** This with the cells that are unchanged here taken from another image of the same row. */
    public Tuple filledFrom(Tuple earlier) {
        return filledFrom(earlier, column -> true);
    }

    /** The same, of some columns only. */
    public Tuple filledFrom(Tuple earlier, IntPredicate columns) {
        byte[] filled = new byte[bytes.length + earlier.bytes.length];
        int size = 0;
        int before = 0;
        int column = 0;
        for (int at = 0; at < bytes.length; column++) {
            int next = end(bytes, at);
            int beforeNext = end(earlier.bytes, before);
            boolean take = bytes[at] == UNCHANGED && columns.test(column);
            byte[] source = take ? earlier.bytes : bytes;
            int from = take ? before : at;
            int length = take ? beforeNext - before : next - at;
            System.arraycopy(source, from, filled, size, length);
            size += length;
            at = next;
            before = beforeNext;
        }
        return new Tuple(Arrays.copyOf(filled, size));
    }

    /** A JSON array: text, null, or false for unchanged. */
    void write(JsonGenerator json) throws IOException {
        json.writeStartArray();
        for (int at = 0; at < bytes.length; at = end(bytes, at)) {
            switch (bytes[at]) {
                case NULL -> json.writeNull();
                case UNCHANGED -> json.writeBoolean(false);
                default -> json.writeUTF8String(bytes, at + BEFORE_TEXT, length(bytes, at));
            }
        }
        json.writeEndArray();
    }

    private static int end(byte[] bytes, int at) {
        return switch (bytes[at]) {
            case NULL, UNCHANGED -> at + 1;
            case TEXT -> {
                int length = at + BEFORE_TEXT <= bytes.length ? length(bytes, at) : -1;
                if (length < 0 || length > bytes.length - at - BEFORE_TEXT) {
                    throw new IllegalArgumentException("a value is cut short");
                }
                yield at + BEFORE_TEXT + length;
            }
            default -> throw new IllegalArgumentException("a cell of unknown kind " + bytes[at]);
        };
    }

    private static int length(byte[] bytes, int at) {
        return bytes[at + 1] << 24
                | (bytes[at + 2] & 0xff) << 16
                | (bytes[at + 3] & 0xff) << 8
                | (bytes[at + 4] & 0xff);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tuple tuple && hash == tuple.hash && Arrays.equals(bytes, tuple.bytes);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return cells().toString();
    }
}
