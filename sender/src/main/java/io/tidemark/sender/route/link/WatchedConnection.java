package io.tidemark.sender.route.link;

import com.jcraft.jsch.Proxy;
import com.jcraft.jsch.SocketFactory;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The network connection below one SSH session at a time. JSch asks a silent server whether it lives, yet by writing under the lock that
 * a write into full buffers holds; so this cuts a connection on which one write has not ended for too long. It also cuts one whose server
 * lives and does nothing, and one that nobody uses.
 */
final class WatchedConnection implements Proxy, Closeable {
    private static final int LOOKS_PER_STALL = 8;
    /** Stalls after which a connection that only tells that it lives is cut. */
    private static final int STALLS_OF_NO_USE = 10;
    /** More than all that is said in that time to tell that one lives. */
    private static final int USE = 16 << 10;

    private final long stallNanos;
    private final Timer watch = new Timer("link-watch", true);
    private volatile @Nullable Socket socket;
    /** {@link System#nanoTime()} at which the write under way began; 0 for none. */
    private volatile long writing;

    private final AtomicLong moved = new AtomicLong();
    private long movedAtMark;
    private volatile long mark = System.nanoTime();

    WatchedConnection(Duration stall) {
        stallNanos = stall.toNanos();
        long pause = stall.toMillis() / LOOKS_PER_STALL;
        watch.schedule(
                new TimerTask() {
                    @Override
                    public void run() {
                        cutIfStalled();
                    }
                },
                pause,
                pause);
    }

    @Override
    public void connect(@Nullable SocketFactory factory, String host, int port, int timeout) throws IOException {
        close(socket);
        Socket fresh = new Socket();
        socket = fresh;
        writing = 0;
        mark = System.nanoTime();
        fresh.setTcpNoDelay(true);
        fresh.connect(new InetSocketAddress(host, port), timeout);
    }

    @Override
    public InputStream getInputStream() {
        return new Counted(streamOf(Socket::getInputStream));
    }

    @Override
    public OutputStream getOutputStream() {
        return new Watched(streamOf(Socket::getOutputStream));
    }

    @Override
    public @Nullable Socket getSocket() {
        return socket;
    }

    /** Ends the session's connection; the next session opens another. */
    @Override
    public void close() {
        close(socket);
    }

    /** Ends the watch too. */
    void release() {
        watch.cancel();
        close();
    }

    private void cutIfStalled() {
        long begun = writing;
        long now = System.nanoTime();
        if (begun != 0 && now - begun > stallNanos) {
            close();
        }
        if (moved.get() - movedAtMark > USE) {
            movedAtMark = moved.get();
            mark = now;
        } else if (now - mark > STALLS_OF_NO_USE * stallNanos) {
            close();
        }
    }

    private static void close(@Nullable Socket open) {
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // It is gone either way.
            }
        }
    }

    /** Something that a socket has. */
    @FunctionalInterface
    private interface Part<T> {
        T of(Socket socket) throws IOException;
    }

    private <T> T streamOf(Part<T> part) {
        Socket open = socket;
        if (open == null) {
            throw new IllegalStateException("not connected");
        }
        try {
            return part.of(open);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Watched extends FilterOutputStream {
        Watched(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            writing = System.nanoTime() | 1;
            try {
                out.write(bytes, offset, length);
            } finally {
                writing = 0;
            }
            moved.addAndGet(length);
        }
    }

    private final class Counted extends FilterInputStream {
        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            moved.addAndGet(Math.max(0, read));
            return read;
        }
    }
}
