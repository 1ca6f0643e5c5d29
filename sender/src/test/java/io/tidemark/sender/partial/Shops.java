package io.tidemark.sender.partial;

import io.tidemark.crash.CrashPoints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** One server for all tests, and for each test databases of its own on it, with senders that are ended after it. */
final class Shops implements BeforeEachCallback, AfterEachCallback {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    /** A server has few. */
    private static final String DROP_SLOTS =
            "do $$ begin perform pg_drop_replication_slot(slot_name) from pg_replication_slots where not active; end $$";

    private final UnaryOperator<Primary> view;
    private final List<Shop> open = new ArrayList<>();
    private @Nullable Primary server;

    Shops() {
        this(UnaryOperator.identity());
    }

    /** @param view in which tests see the server */
    Shops(UnaryOperator<Primary> view) {
        this.view = view;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        server = view.apply(context.getRoot()
                .getStore(Namespace.GLOBAL)
                .getOrComputeIfAbsent(Primary.class, any -> started(), Primary.class));
    }

    private static Primary started() {
        try {
            return Primary.start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    Primary primary() {
        return Objects.requireNonNull(server);
    }

    /** A new database. */
    String database() {
        String name = "shop" + NUMBER.incrementAndGet();
        primary().sql("postgres", "create database " + name);
        return name;
    }

    /** The sender of a new database. */
    Shop open(Path folder, String user, String... settings) throws IOException {
        Shop shop = new Shop(primary(), database(), user, folder, CrashPoints.none(), settings);
        open.add(shop);
        return shop;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        for (Shop shop : open) {
            shop.maker.uninstall();
            shop.close();
        }
        open.clear();
        primary().sql("postgres", DROP_SLOTS);
    }
}
