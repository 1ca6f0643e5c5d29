package io.tidemark.bundle;

import com.fasterxml.jackson.databind.SequenceWriter;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import io.tidemark.json.StrictJson;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes records as lines of JSON in one zstd frame; only what is buffered is in memory. */
public final class RecordWriter<T> implements Closeable {
    private static final int LEVEL = 3;

    private final OutputStream out;
    private final SequenceWriter lines;
    private long count;
    private boolean closed;

    /** @param out closed with the writer */
    public RecordWriter(OutputStream out, Class<T> type) throws IOException {
        this.out = new ZstdOutputStreamNoFinalizer(out, LEVEL);
        this.lines = StrictJson.lineWriter(type).writeValues(this.out);
    }

    /** Writes a new file, which is not synced. */
    public static <T> RecordWriter<T> create(Path file, Class<T> type) throws IOException {
        OutputStream out = Files.newOutputStream(file);
        return new RecordWriter<>(out, type);
    }

    public void write(T value) throws IOException {
        lines.write(value);
        count++;
    }

    /** Records so far. */
    public long count() {
        return count;
    }

    /** Ends the frame: without it the file cannot be read. */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (out) {
            lines.close();
            if (count > 0) {
                out.write('\n');
            }
        }
    }
}
