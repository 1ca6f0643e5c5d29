package io.tidemark.receiver.replica;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Between a client and a PostgreSQL server: passes everything on, but cuts the connection when the server answers a COMMIT of a transaction that
 * wrote certain words. The client cannot know then whether it was committed, and it was.
 */
final class LossyProxy implements Closeable {
    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int server;
    private final String words;
    private final AtomicInteger left = new AtomicInteger(1);

    /** @param words that a transaction has to hold for its answer to be lost; the first one alone loses it */
    LossyProxy(int server, String words) throws IOException {
        this.server = server;
        this.words = words;
        start(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    /** Whether an answer was lost. */
    boolean hasCut() {
        return left.get() == 0;
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "lossy-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                Socket upstream = new Socket(InetAddress.getLoopbackAddress(), server);
                Session session = new Session(client, upstream);
                start(() -> session.pass(client, upstream, true));
                start(() -> session.pass(upstream, client, false));
            }
        } catch (IOException closed) {
            // the test has ended
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }

    /** One connection. */
    private final class Session {
        private final Socket client;
        private final Socket upstream;
        private volatile boolean wrote;
        private volatile boolean committing;

        private Session(Socket client, Socket upstream) {
            this.client = client;
            this.upstream = upstream;
        }

        private void pass(Socket from, Socket to, boolean asking) {
            byte[] buffer = new byte[1 << 16];
            try (client;
                    upstream) {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                    if (asking) {
                        listen(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
                    } else if (committing && left.compareAndSet(1, 0)) {
                        return;
                    }
                    out.write(buffer, 0, count);
                }
            } catch (IOException cut) {
                throw new UncheckedIOException(cut);
            }
        }

        private void listen(String asked) {
            wrote |= asked.contains(words);
            if (wrote && asked.contains("COMMIT\0")) {
                committing = true;
            }
        }
    }
}
