package io.tidemark.bundle;

import com.fasterxml.jackson.databind.ObjectReader;
import io.tidemark.failure.DamagedException;
import io.tidemark.json.StrictJson;
import io.tidemark.zstd.FrameInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads what {@link RecordWriter} wrote, one record at a time, and nothing else. */
public final class RecordReader<T> implements Closeable {
    /** The longest line, in bytes. */
    public static final int MAX_LINE = 1 << 16;

    private final FrameInputStream in;
    private final ObjectReader json;
    private final String name;
    private final Class<T> type;
    private final byte[] buffer = new byte[2 * MAX_LINE];
    private int start;
    private int end;
    private long count;

    /**
     * @param compressed closed with the reader
     * @param name of what is read, for messages
     */
    public RecordReader(InputStream compressed, String name, Class<T> type) throws IOException {
        this.in = new FrameInputStream(compressed);
        this.name = name;
        this.type = type;
        this.json = StrictJson.readerFor(type);
    }

    public static <T> RecordReader<T> open(Path file, Class<T> type) throws IOException {
        InputStream compressed = Files.newInputStream(file);
        boolean opened = false;
        try {
            RecordReader<T> reader = new RecordReader<>(compressed, String.valueOf(file.getFileName()), type);
            opened = true;
            return reader;
        } finally {
            if (!opened) {
                compressed.close();
            }
        }
    }

    /** The next record; null after the last one. */
    public @Nullable T next() throws IOException {
        int newline = find(start);
        while (newline < 0) {
            if (end - start > MAX_LINE) {
                throw new DamagedException(name + ", line " + (count + 1) + ": longer than " + MAX_LINE + " bytes");
            }
            int searched = end - start;
            if (!fill()) {
                if (searched > 0) {
                    throw new DamagedException(name + ", line " + (count + 1) + ": has no end");
                }
                return null;
            }
            newline = find(start + searched);
        }
        return parse(newline);
    }

    /** Records so far. */
    public long count() {
        return count;
    }

    private T parse(int newline) throws DamagedException {
        ByteBuffer line = ByteBuffer.wrap(buffer, start, newline - start);
        start = newline + 1;
        count++;
        try {
            return StrictJson.read(line, json, type);
        } catch (DamagedException malformed) {
            throw new DamagedException(name + ", line " + count + ": " + malformed.reason(), malformed);
        }
    }

    private int find(int from) {
        for (int i = from; i < end; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private boolean fill() throws IOException {
        System.arraycopy(buffer, start, buffer, 0, end - start);
        end -= start;
        start = 0;
        int read = in.read(buffer, end, buffer.length - end);
        end += Math.max(read, 0);
        return read >= 0;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
