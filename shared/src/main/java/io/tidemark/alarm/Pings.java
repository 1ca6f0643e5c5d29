package io.tidemark.alarm;

import io.tidemark.alarm.AlarmState.Trouble;
import java.io.Closeable;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pings watchdogs, in a thread of their own. Only that something is well now is worth a ping: one that could not be delivered is tried again
 * until the next success or failure of its kind, whichever comes first.
 */
final class Pings implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(Pings.class);
    /** A kind is pinged no more often: partials may come every second. */
    private static final Duration LEAST = Duration.ofSeconds(10);

    private final Map<String, PingUrl> urls;
    private final Clock clock;
    private final LongSupplier nanos;
    private final Courier.Rest rest;
    private final Runnable changed;
    private final Set<String> wanted = new HashSet<>();
    private final Map<String, Long> notBefore = new HashMap<>();
    private final Map<String, Integer> failures = new HashMap<>();
    private final Map<String, Trouble> troubles = new HashMap<>();
    private @Nullable Thread thread;

    /** @param urls by kind */
    Pings(Map<String, PingUrl> urls, Clock clock, LongSupplier nanos, Courier.Rest rest, Runnable changed) {
        this.urls = Map.copyOf(urls);
        this.clock = clock;
        this.nanos = nanos;
        this.rest = rest;
        this.changed = changed;
    }

    synchronized void done(String kind) {
        boolean recent = notBefore.getOrDefault(kind, nanos.getAsLong()) - nanos.getAsLong() > 0;
        if (!urls.containsKey(kind) || recent) {
            return;
        }
        wanted.add(kind);
        if (thread == null) {
            thread = new Thread(this::work, "alarm-ping");
            thread.setDaemon(true);
            thread.start();
        }
        notifyAll();
    }

    /** Nothing of the kind is pinged before it is done once more. */
    synchronized void failed(String kind) {
        wanted.remove(kind);
    }

    synchronized List<Trouble> troubles() {
        return List.copyOf(troubles.values());
    }

    private void work() {
        try {
            while (true) {
                ping(next());
            }
        } catch (InterruptedException closing) {
            LOG.debug("pings end");
        }
    }

    private synchronized String next() throws InterruptedException {
        while (true) {
            long now = nanos.getAsLong();
            long soonest = Long.MAX_VALUE;
            for (String kind : wanted) {
                long wait = notBefore.getOrDefault(kind, now) - now;
                if (wait <= 0) {
                    return kind;
                }
                soonest = Math.min(soonest, wait);
            }
            wait(soonest == Long.MAX_VALUE ? 0 : soonest / 1_000_000 + 1);
        }
    }

    private void ping(String kind) throws InterruptedException {
        PingUrl url = urls.get(kind);
        if (url == null) {
            return;
        }
        try {
            url.ping();
            delivered(kind);
        } catch (IOException failure) {
            failed(kind, url, failure);
        }
        changed.run();
    }

    private synchronized void delivered(String kind) {
        wanted.remove(kind);
        failures.remove(kind);
        troubles.remove(kind);
        notBefore.put(kind, nanos.getAsLong() + LEAST.toNanos());
    }

    private synchronized void failed(String kind, PingUrl url, IOException failure) {
        int times = failures.merge(kind, 1, Integer::sum);
        notBefore.put(kind, nanos.getAsLong() + rest.after(times).toNanos());
        String text = failure instanceof DeliveryException known ? known.text() : failure.toString();
        String hint = failure instanceof DeliveryException known ? known.hint() : "see what stands behind " + url.key();
        Trouble before = troubles.get(kind);
        if (before == null) {
            LOG.warn("{}: not pinged: {} (hint: {})", url.key(), text, hint);
        }
        troubles.put(kind, new Trouble(url.key(), text, hint, before == null ? clock.instant() : before.since()));
    }

    @Override
    public synchronized void close() {
        wanted.clear();
        if (thread != null) {
            thread.interrupt();
        }
    }
}
