package io.tidemark.deploy.kit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Stands between a client and a server of this machine, counts what passes, and can misbehave as a link does. */
public final class TcpProxy implements AutoCloseable {
    private static final int BUFFER = 1 << 16;
    private static final long NEVER = Long.MAX_VALUE;

    private final ServerSocket listener;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong toServer = new AtomicLong();
    private final AtomicLong toClient = new AtomicLong();
    private final AtomicLong cutAt = new AtomicLong(NEVER);
    private final AtomicLong stallAt = new AtomicLong(NEVER);
    private volatile boolean refusing;
    private volatile boolean stalled;
    private volatile long bytesPerSecond = NEVER;

    private TcpProxy(ServerSocket listener, int target) {
        this.listener = listener;
        this.target = target;
    }

    public static TcpProxy before(int targetPort) {
        try {
            TcpProxy proxy = new TcpProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), targetPort);
            Threads.ANY.execute(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException("no free port for a proxy", e);
        }
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Bytes that went to the server since the last {@link #resetCounts()}. */
    public long toServer() {
        return toServer.get();
    }

    public long toClient() {
        return toClient.get();
    }

    public long bytes() {
        return toServer() + toClient();
    }

    public void resetCounts() {
        toServer.set(0);
        toClient.set(0);
    }

    /** Cuts every connection once, when that many more bytes have gone to the server; connections made afterwards work. */
    public void cutAfter(long bytes) {
        cutAt.set(toServer.get() + bytes);
    }

    public void neverCut() {
        cutAt.set(NEVER);
    }

    /** Whether a cut that was ordered has not happened yet. */
    public boolean cutIsPending() {
        return cutAt.get() != NEVER;
    }

    /** Nothing passes any more, yet every connection stays. */
    public void stall(boolean on) {
        stallAt.set(NEVER);
        stalled = on;
    }

    /** The same, as soon as that many more bytes have gone to the server. */
    public void stallAfter(long bytes) {
        stallAt.set(toServer.get() + bytes);
    }

    public boolean isStalled() {
        return stalled;
    }

    /** New connections end at once; with {@link #cut()} the link is down. */
    public void refuse(boolean on) {
        refusing = on;
    }

    /** The rate of each connection and direction. */
    public void throttle(long bytesEachSecond) {
        bytesPerSecond = bytesEachSecond;
    }

    public void cut() {
        open.forEach(TcpProxy::close);
        open.clear();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                if (refusing) {
                    close(client);
                } else {
                    connect(client);
                }
            } catch (IOException closed) {
                // The server side is down, or the proxy itself was closed: the client sees the end of its connection.
            }
        }
    }

    private void connect(Socket client) throws IOException {
        open.add(client);
        try {
            Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
            open.add(server);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            Threads.ANY.execute(() -> pump(client, server, toServer));
            Threads.ANY.execute(() -> pump(server, client, toClient));
        } catch (IOException e) {
            close(client);
            throw e;
        }
    }

    private void pump(Socket from, Socket to, AtomicLong count) {
        byte[] buffer = new byte[BUFFER];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                hold(n);
                int allowed = allowed(n, count);
                out.write(buffer, 0, allowed);
                count.addAndGet(allowed);
                if (allowed < n) {
                    cutAt.set(NEVER);
                    cut();
                    return;
                }
            }
        } catch (IOException ended) {
            // Either side closed: so does the other.
            return;
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private int allowed(int wanted, AtomicLong count) {
        return count == toServer ? (int) Math.max(0, Math.min(wanted, cutAt.get() - count.get())) : wanted;
    }

    private void hold(int bytes) {
        if (toServer.get() >= stallAt.get()) {
            stalled = true;
        }
        while (stalled && !listener.isClosed()) {
            Wait.pause(Duration.ofMillis(20));
        }
        if (bytesPerSecond != NEVER) {
            Wait.pause(Duration.ofNanos(bytes * 1_000_000_000L / bytesPerSecond));
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException alreadyClosed) {
            return;
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cut();
    }
}
