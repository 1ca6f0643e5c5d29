package io.tidemark.alarm;

import io.tidemark.alarm.AlarmState.Trouble;
import io.tidemark.alarm.AlarmState.Waiting;
import java.io.Closeable;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes news to one channel, in order, in a thread of its own; what is not delivered is tried again, more and more rarely. */
final class Courier implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);
    /** More than this waits for nobody: of a channel that is down for long only the newest matter. */
    private static final int MOST_WAITING = 200;

    private final Channel channel;
    private final Clock clock;
    private final Rest rest;
    private final Runnable changed;
    private final Deque<Notice> queue = new ArrayDeque<>();
    private @Nullable Trouble trouble;
    private @Nullable Thread thread;
    private boolean closed;

    /** How long to wait after a failure: {@code first}, doubled each time, at most {@code longest}. */
    record Rest(Duration first, Duration longest) {
        static final Rest USUAL = new Rest(Duration.ofSeconds(10), Duration.ofMinutes(15));

        Duration after(int failures) {
            Duration doubled = first.multipliedBy(1L << Math.min(failures - 1, 20));
            return doubled.compareTo(longest) < 0 ? doubled : longest;
        }
    }

    /** @param changed is told when what waits or the trouble has changed */
    Courier(Channel channel, Clock clock, Rest rest, Runnable changed) {
        this.channel = channel;
        this.clock = clock;
        this.rest = rest;
        this.changed = changed;
    }

    /** The thread begins with the first news, so that a channel that is never needed costs nothing. */
    synchronized void send(Notice notice) {
        if (closed) {
            return;
        }
        queue.addLast(notice);
        if (queue.size() > MOST_WAITING) {
            queue.removeFirst();
        }
        if (thread == null) {
            thread = new Thread(this::work, "alarm-" + channel.key());
            thread.setDaemon(true);
            thread.start();
        }
        notifyAll();
    }

    synchronized List<Waiting> waiting() {
        return queue.stream().map(notice -> new Waiting(channel.key(), notice)).toList();
    }

    synchronized Optional<Trouble> trouble() {
        return Optional.ofNullable(trouble);
    }

    String key() {
        return channel.key();
    }

    private void work() {
        int failures = 0;
        try {
            while (true) {
                Notice next = next();
                failures = delivered(next) ? 0 : failures + 1;
                changed.run();
                if (failures > 0) {
                    Thread.sleep(rest.after(failures).toMillis());
                }
            }
        } catch (InterruptedException closing) {
            LOG.debug("{} ends", channel.key());
        }
    }

    private synchronized Notice next() throws InterruptedException {
        while (queue.isEmpty()) {
            wait();
        }
        return queue.getFirst();
    }

    private boolean delivered(Notice notice) throws InterruptedException {
        try {
            channel.deliver(notice);
        } catch (IOException | RuntimeException failure) {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedException();
            }
            note(failure);
            return false;
        }
        over(notice);
        return true;
    }

    private synchronized void over(Notice notice) {
        queue.remove(notice);
        if (trouble != null) {
            LOG.info("{}: alarms are delivered again", channel.key());
        }
        trouble = null;
        notifyAll();
    }

    private synchronized void note(Exception failure) {
        String text = failure instanceof DeliveryException known ? known.text() : failure.toString();
        String hint = failure instanceof DeliveryException known ? known.hint() : "see what stands behind " + key();
        if (trouble == null) {
            LOG.warn("{}: an alarm could not be delivered: {} (hint: {})", channel.key(), text, hint);
        }
        trouble = new Trouble(channel.key(), text, hint, trouble == null ? clock.instant() : trouble.since());
        notifyAll();
    }

    /** Waits until all is delivered, unless the channel is in trouble. */
    synchronized void drain(Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        try {
            while (!queue.isEmpty() && trouble == null && end - System.nanoTime() > 0) {
                wait(Math.max(1, (end - System.nanoTime()) / 1_000_000));
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (thread != null) {
            thread.interrupt();
        }
    }
}
