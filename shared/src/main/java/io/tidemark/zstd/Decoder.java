package io.tidemark.zstd;

import com.github.luben.zstd.ZstdDecompressCtx;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;

/** What one decompression needs: a native context and two buffers outside the heap, used again because a store opens a million blobs. */
final class Decoder {
    private static final int BUFFER = 1 << 17;
    private static final int KEPT = 8;
    private static final ArrayBlockingQueue<Decoder> FREE = new ArrayBlockingQueue<>(KEPT);

    private final ZstdDecompressCtx context = new ZstdDecompressCtx().setLongMax(FrameInputStream.MAX_WINDOW_LOG);
    private final ByteBuffer input = ByteBuffer.allocateDirect(BUFFER);
    private final ByteBuffer output = ByteBuffer.allocateDirect(BUFFER);
    private final byte[] chunk = new byte[BUFFER];

    private Decoder() {}

    static Decoder take() {
        Decoder free = FREE.poll();
        return free == null ? new Decoder() : free;
    }

    /** Hands it back; not to be touched afterwards. */
    void give() {
        context.reset();
        context.setLongMax(FrameInputStream.MAX_WINDOW_LOG);
        input.clear();
        output.clear();
        if (!FREE.offer(this)) {
            context.close();
        }
    }

    /** Adds to the input what the stream has at once; false at its end. */
    boolean load(InputStream compressed) throws IOException {
        int read = compressed.read(chunk, 0, input.remaining());
        if (read > 0) {
            input.put(chunk, 0, read);
        }
        return read >= 0;
    }

    ZstdDecompressCtx context() {
        return context;
    }

    ByteBuffer input() {
        return input;
    }

    ByteBuffer output() {
        return output;
    }
}
