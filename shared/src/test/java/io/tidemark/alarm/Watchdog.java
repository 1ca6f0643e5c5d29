package io.tidemark.alarm;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An HTTP server that keeps which paths were asked for. */
final class Watchdog implements AutoCloseable {
    private final HttpServer server;
    private final List<String> pings = new CopyOnWriteArrayList<>();
    private volatile int status = 200;

    Watchdog() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> {
            pings.add(exchange.getRequestURI().getPath());
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
    }

    void answer(int code) {
        status = code;
    }

    URI url(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    List<String> pings() {
        return pings;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
