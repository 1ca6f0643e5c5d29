package io.tidemark.sender.route.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WatchedConnectionTest {
    private static final Duration STALL = Duration.ofMillis(150);

    private ServerSocket listener;
    private Socket server;
    private WatchedConnection connection;
    private Socket socket;

    @BeforeEach
    void connect() throws IOException {
        listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        connection = new WatchedConnection(STALL);
        connection.connect(null, "127.0.0.1", listener.getLocalPort(), 1_000);
        server = listener.accept();
        socket = Objects.requireNonNull(connection.getSocket());
    }

    @AfterEach
    void close() throws IOException {
        connection.release();
        server.close();
        listener.close();
    }

    @Test
    void aWriteThatDoesNotEndIsCut() {
        OutputStream out = connection.getOutputStream();
        CompletableFuture<Integer> writing = CompletableFuture.supplyAsync(() -> writeForEver(out));
        await().atMost(STALL.multipliedBy(8)).until(socket::isClosed);
        await().until(writing::isDone);
    }

    private static int writeForEver(OutputStream out) {
        byte[] bytes = new byte[1 << 16];
        int writes = 0;
        try {
            while (writes < 10_000) {
                out.write(bytes, 0, bytes.length);
                writes++;
            }
        } catch (IOException cut) {
            return writes;
        }
        return writes;
    }

    @Test
    void aServerThatOnlyTellsThatItLivesIsLeftInTheEnd() {
        OutputStream out = connection.getOutputStream();
        await().pollInterval(STALL.dividedBy(2)).until(() -> {
            try {
                out.write(new byte[100], 0, 100);
                server.getInputStream().readNBytes(100);
            } catch (SocketException cut) {
                return true;
            }
            return false;
        });
        assertThat(socket.isClosed()).isTrue();
    }

    @Test
    void aConnectionInUseIsKept() {
        OutputStream out = connection.getOutputStream();
        byte[] bytes = new byte[2_000];
        await().pollInterval(5, TimeUnit.MILLISECONDS)
                .during(STALL.multipliedBy(12))
                .atMost(Duration.ofSeconds(10))
                .until(() -> {
                    out.write(bytes, 0, bytes.length);
                    server.getInputStream().readNBytes(bytes.length);
                    return !socket.isClosed();
                });
    }
}
