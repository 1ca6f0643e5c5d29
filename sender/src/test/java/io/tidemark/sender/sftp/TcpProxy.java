package io.tidemark.sender.sftp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A network between a client and a server of this machine that can be made bad. */
public final class TcpProxy implements AutoCloseable {
    private final ServerSocket listener;
    private final int target;
    private final List<Socket> sockets = new ArrayList<>();
    private final AtomicLong up = new AtomicLong();
    private final AtomicInteger connections = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile long cutAt = Long.MAX_VALUE;
    private volatile long stallAt = Long.MAX_VALUE;
    private volatile boolean downStalls;
    private volatile long bytesPerSecond = Long.MAX_VALUE;

    public TcpProxy(int target) {
        this.target = target;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread(this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Bytes from client to server, over all connections. */
    public long up() {
        return up.get();
    }

    public int connections() {
        return connections.get();
    }

    /** Cuts the connection that carries the byte, once. */
    public void cutAfter(long bytesFromNow) {
        cutAt = up.get() + bytesFromNow;
    }

    /** The connection that carries the byte swallows nothing any more in that direction; others go on. */
    public void stallAfter(long bytesFromNow) {
        stallAt = up.get() + bytesFromNow;
    }

    /** The connection that carries the next byte gets no answers any more, while it may still write. */
    public void swallowAnswers() {
        downStalls = true;
    }

    public void throttle(long perSecond) {
        bytesPerSecond = perSecond;
    }

    private void accept() {
        try {
            while (!listener.isClosed()) {
                Socket client = listener.accept();
                connections.incrementAndGet();
                forward(client);
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void forward(Socket client) throws IOException {
        try {
            Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
            synchronized (sockets) {
                sockets.add(client);
                sockets.add(server);
            }
            thread(() -> pump(client, server, true));
            thread(() -> pump(server, client, false));
        } catch (IOException serverIsDown) {
            client.close();
        }
    }

    private void pump(Socket from, Socket to, boolean upwards) {
        byte[] buffer = new byte[4096];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (upwards ? !passUp(read) : !passDown()) {
                    return;
                }
                out.write(buffer, 0, read);
            }
        } catch (IOException e) {
            // The other end is gone.
        }
    }

    private boolean passDown() {
        if (downStalls) {
            downStalls = false;
            hang();
        }
        return true;
    }

    private boolean passUp(int read) {
        long before = up.getAndAdd(read);
        if (before + read > cutAt) {
            cutAt = Long.MAX_VALUE;
            return false;
        }
        if (before + read > stallAt) {
            stallAt = Long.MAX_VALUE;
            hang();
        }
        if (bytesPerSecond != Long.MAX_VALUE) {
            rest(TimeUnit.SECONDS.toNanos(read) / bytesPerSecond);
        }
        return true;
    }

    private void hang() {
        rest(Long.MAX_VALUE);
    }

    private void rest(long nanos) {
        try {
            boolean end = closed.await(nanos, TimeUnit.NANOSECONDS);
            if (end) {
                throw new IllegalStateException("the proxy was closed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void thread(Runnable work) {
        Thread thread = new Thread(work, "tcp-proxy");
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((failed, cause) -> {});
        thread.start();
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        listener.close();
        synchronized (sockets) {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }
}
