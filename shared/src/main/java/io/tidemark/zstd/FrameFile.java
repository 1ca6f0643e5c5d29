package io.tidemark.zstd;

import com.github.luben.zstd.EndDirective;
import com.github.luben.zstd.ZstdCompressCtx;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Compresses a file of any size into one frame that declares its content size. */
public final class FrameFile {
    private static final int BUFFER = 1 << 17;

    private FrameFile() {}

    /** Writes {@code to}, which is not synced, and tells its size. */
    public static long compress(Path from, Path to, int level) throws IOException {
        try (FileChannel raw = FileChannel.open(from, StandardOpenOption.READ);
                FileChannel frame = FileChannel.open(
                        to, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
                ZstdCompressCtx context = new ZstdCompressCtx().setLevel(level)) {
            long left = raw.size();
            context.setPledgedSrcSize(left);
            ByteBuffer input = ByteBuffer.allocateDirect(BUFFER).limit(0);
            ByteBuffer output = ByteBuffer.allocateDirect(BUFFER);
            boolean finished = false;
            while (!finished) {
                if (left > 0 && !input.hasRemaining()) {
                    left -= fill(input, raw, left, from);
                }
                boolean last = left == 0;
                boolean flushed = context.compressDirectByteBufferStream(
                        output, input, last ? EndDirective.END : EndDirective.CONTINUE);
                finished = last && flushed;
                drain(output, frame);
            }
            return frame.size();
        }
    }

    private static int fill(ByteBuffer input, FileChannel raw, long left, Path from) throws IOException {
        input.clear().limit((int) Math.min(BUFFER, left));
        int read = 0;
        while (input.hasRemaining()) {
            int more = raw.read(input);
            if (more < 0) {
                throw new EOFException(from + " became shorter while it was read");
            }
            read += more;
        }
        input.flip();
        return read;
    }

    private static void drain(ByteBuffer output, FileChannel frame) throws IOException {
        output.flip();
        while (output.hasRemaining()) {
            frame.write(output);
        }
        output.clear();
    }
}
