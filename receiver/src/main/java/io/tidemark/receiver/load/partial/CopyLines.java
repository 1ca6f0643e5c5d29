package io.tidemark.receiver.load.partial;

import io.tidemark.change.Cell;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Writes rows into a {@code COPY … FROM STDIN} in text form. Closed before {@link #finish} it takes all of them back. */
final class CopyLines implements Closeable {
    private static final int CHUNK = 1 << 16;

    private final CopyIn copy;
    private byte[] buffer = new byte[2 * CHUNK];
    private int length;
    private boolean begun;
    private boolean ended;

    CopyLines(Connection connection, String sql) throws SQLException {
        copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
    }

    /** A null, also for unchanged cells, whose value is not known here. */
    void cell(Cell cell) {
        field(cell.text());
    }

    void field(@Nullable String text) {
        if (begun) {
            put('\t');
        }
        begun = true;
        if (text == null) {
            put('\\');
            put('N');
            return;
        }
        if (isPlain(text)) {
            return;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        room(2 * bytes.length);
        for (byte each : bytes) {
            escaped(each);
        }
    }

    /** Most values are short and need no escape; they are written in one pass. */
    private boolean isPlain(String text) {
        int size = text.length();
        room(size);
        for (int i = 0; i < size; i++) {
            char each = text.charAt(i);
            if (each < ' ' || each == '\\' || each > '~') {
                return false;
            }
            buffer[length + i] = (byte) each;
        }
        length += size;
        return true;
    }

    private void escaped(byte each) {
        switch (each) {
            case '\\' -> pair('\\');
            case '\n' -> pair('n');
            case '\r' -> pair('r');
            case '\t' -> pair('t');
            default -> buffer[length++] = each;
        }
    }

    private void pair(char second) {
        buffer[length++] = '\\';
        buffer[length++] = (byte) second;
    }

    private void put(char each) {
        room(1);
        buffer[length++] = (byte) each;
    }

    private void room(int more) {
        if (length > buffer.length - more) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, Math.addExact(length, more)));
        }
    }

    void endRow() throws SQLException {
        put('\n');
        begun = false;
        if (length >= CHUNK) {
            flush();
        }
    }

    private void flush() throws SQLException {
        copy.writeToCopy(buffer, 0, length);
        length = 0;
        if (buffer.length > 64 * CHUNK) {
            buffer = new byte[2 * CHUNK];
        }
    }

    /** @return how many rows went in */
    long finish() throws SQLException {
        flush();
        ended = true;
        return copy.endCopy();
    }

    @Override
    public void close() throws IOException {
        if (!ended && copy.isActive()) {
            try {
                copy.cancelCopy();
            } catch (SQLException failure) {
                throw new IOException("cannot end a COPY", failure);
            }
        }
    }
}
