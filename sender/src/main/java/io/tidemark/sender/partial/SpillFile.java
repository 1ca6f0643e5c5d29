package io.tidemark.sender.partial;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Many byte streams in one file, each written from its end on and read from its beginning. Never more than one chunk of each is in memory. */
final class SpillFile implements Closeable {
    private static final int CHUNK = 16 << 10;

    private final FileChannel channel;
    private final Part[] parts;
    private long end;

    /** @param file is made, and gone when this is closed */
    SpillFile(Path file, int parts) throws IOException {
        this.channel = channel(file);
        this.parts = new Part[parts];
        for (int i = 0; i < parts; i++) {
            this.parts[i] = new Part();
        }
    }

    /** A new file to be written and read, which is gone when it is closed. */
    static FileChannel channel(Path file) throws IOException {
        return FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE);
    }

    OutputStream output(int part) {
        return parts[part];
    }

    /** What was written to the part so far. */
    InputStream input(int part) {
        return new PartReader(parts[part]);
    }

    /** Forgets everything. */
    void clear() throws IOException {
        for (Part part : parts) {
            part.chunks.clear();
            part.filled = 0;
        }
        end = 0;
        channel.truncate(0);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** One stream's end. */
    private final class Part extends OutputStream {
        private final List<Long> chunks = new ArrayList<>();
        private byte @Nullable [] buffer;
        private int filled;

        private byte[] buffer() {
            if (buffer == null) {
                buffer = new byte[CHUNK];
            }
            return buffer;
        }

        @Override
        public void write(int value) throws IOException {
            buffer()[filled++] = (byte) value;
            if (filled == CHUNK) {
                flushChunk();
            }
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            for (int written = 0; written < length; ) {
                int take = Math.min(length - written, CHUNK - filled);
                System.arraycopy(bytes, offset + written, buffer(), filled, take);
                filled += take;
                written += take;
                if (filled == CHUNK) {
                    flushChunk();
                }
            }
        }

        private void flushChunk() throws IOException {
            ByteBuffer chunk = ByteBuffer.wrap(buffer());
            chunks.add(end);
            while (chunk.hasRemaining()) {
                end += channel.write(chunk, end);
            }
            filled = 0;
        }
    }

    /** From a stream's beginning to what its end was when this was made. */
    private final class PartReader extends InputStream {
        private final Part part;
        private final byte[] chunk = new byte[CHUNK];
        private int next;
        private int at;
        private int limit;

        private PartReader(Part part) {
            this.part = part;
        }

        @Override
        public int read() throws IOException {
            return fill() ? chunk[at++] & 0xff : -1;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (!fill()) {
                return -1;
            }
            int take = Math.min(length, limit - at);
            System.arraycopy(chunk, at, bytes, offset, take);
            at += take;
            return take;
        }

        private boolean fill() throws IOException {
            if (at < limit) {
                return true;
            }
            if (next < part.chunks.size()) {
                ByteBuffer read = ByteBuffer.wrap(chunk);
                long from = part.chunks.get(next++);
                while (read.hasRemaining()) {
                    if (channel.read(read, from + read.position()) < 0) {
                        throw new IOException("a file of our own was cut short meanwhile");
                    }
                }
                limit = CHUNK;
            } else if (next == part.chunks.size() && part.filled > 0) {
                next++;
                System.arraycopy(part.buffer(), 0, chunk, 0, part.filled);
                limit = part.filled;
            } else {
                return false;
            }
            at = 0;
            return true;
        }
    }
}
