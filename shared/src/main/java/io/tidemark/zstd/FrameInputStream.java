package io.tidemark.zstd;

import com.github.luben.zstd.ZstdException;
import io.tidemark.failure.DamagedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * Decompresses a stream that is one zstd frame and nothing else. Fails with {@link DamagedException} where it is anything else: a second
 * or a skippable frame, bytes after the end, a frame cut short, a window above 8 MB, a dictionary. Closing it closes the stream below.
 */
public final class FrameInputStream extends InputStream {
    /** Decompression never needs more than 2^23 bytes of window. */
    public static final int MAX_WINDOW_LOG = 23;

    private final InputStream compressed;
    private final FrameHeader header;
    private final Decoder decoder;
    private boolean finished;
    private boolean closed;

    public FrameInputStream(InputStream compressed) throws IOException {
        this.compressed = compressed;
        this.decoder = Decoder.take();
        boolean opened = false;
        try {
            while (decoder.input().position() < FrameHeader.MAX_LENGTH && decoder.load(compressed)) {
                // Until the header is whole or the stream at its end.
            }
            decoder.input().flip();
            header = FrameHeader.parse(decoder.input());
            if (header.window() > 1L << MAX_WINDOW_LOG) {
                throw new DamagedException("a zstd frame asks for a window of " + header.window() + " bytes");
            }
            decoder.output().flip().limit(0);
            opened = true;
        } finally {
            if (!opened) {
                decoder.give();
            }
        }
    }

    /** Bytes after decompression as the frame declares them, which decompression then holds to; negative where it does not say. */
    public long contentSize() {
        return header.contentSize();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (closed) {
            throw new IOException("the stream is closed");
        }
        if (length == 0) {
            return 0;
        }
        ByteBuffer output = decoder.output();
        while (!output.hasRemaining()) {
            if (finished) {
                return -1;
            }
            decode();
        }
        int read = Math.min(length, output.remaining());
        output.get(target, offset, read);
        return read;
    }

    private void decode() throws IOException {
        ByteBuffer input = decoder.input();
        ByteBuffer output = decoder.output().clear();
        int before = input.remaining();
        try {
            finished = decoder.context().decompressDirectByteBufferStream(output, input);
        } catch (ZstdException malformed) {
            throw new DamagedException("a zstd frame that does not decompress: " + malformed.getMessage(), malformed);
        } finally {
            output.flip();
        }
        if (finished) {
            if (input.hasRemaining() || compressed.read() >= 0) {
                throw new DamagedException("bytes follow after the zstd frame");
            }
        } else if (!output.hasRemaining() && !input.hasRemaining()) {
            input.clear();
            boolean loaded = decoder.load(compressed);
            input.flip();
            if (!loaded) {
                throw new DamagedException("a zstd frame that ends too early");
            }
        } else if (!output.hasRemaining() && input.remaining() == before) {
            throw new DamagedException("a zstd frame that leads nowhere");
        }
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            decoder.give();
            compressed.close();
        }
    }
}
