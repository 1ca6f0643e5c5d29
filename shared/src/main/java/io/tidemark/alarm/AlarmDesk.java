package io.tidemark.alarm;

import io.tidemark.alarm.AlarmBook.Step;
import io.tidemark.alarm.AlarmState.Trouble;
import io.tidemark.alarm.AlarmState.Waiting;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import java.io.Closeable;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The alarms of a service: keeps incidents over restarts, and hands news to the channels. Who tells something never waits
 * for disk or network: a thread of its own looks twice a second at what there is to do.
 */
public final class AlarmDesk implements Alarms, Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(AlarmDesk.class);
    private static final long TICK_MILLIS = 500;
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final AlarmSettings settings;
    private final RouteLogs logs;
    private final Wording wording;
    private final Clock clock;
    private final LongSupplier nanos;
    private final AlarmFile file;
    private final AlarmBook book;
    private final List<Courier> couriers = new ArrayList<>();
    private final Pings pings;
    private final Thread thread = new Thread(this::work, "alarms");
    private final CountDownLatch closing = new CountDownLatch(1);
    private boolean changed;
    private boolean ended;

    /** @param node such as {@code sender of shop} */
    public static AlarmDesk open(AlarmSettings settings, String node, Path workFolder, Clock clock) {
        AlarmDesk desk = new AlarmDesk(settings, node, workFolder, clock, System::nanoTime, Courier.Rest.USUAL);
        desk.thread.setDaemon(true);
        desk.thread.start();
        return desk;
    }

    AlarmDesk(
            AlarmSettings settings, String node, Path workFolder, Clock clock, LongSupplier nanos, Courier.Rest rest) {
        this.settings = settings;
        this.logs = RouteLogs.of(workFolder, node);
        this.wording = new Wording(node, Wording.thisHost());
        this.clock = clock;
        this.nanos = nanos;
        this.file = new AlarmFile(workFolder);
        AlarmState known = file.read();
        this.book = new AlarmBook(settings.patience(), known.incidents(), nanos.getAsLong());
        for (Channel channel : settings.channels()) {
            couriers.add(new Courier(channel, clock, rest, this::change));
        }
        this.pings = new Pings(settings.pings(), clock, nanos, rest, this::change);
        for (Courier courier : couriers) {
            known.waiting().stream()
                    .filter(waiting -> waiting.channel().equals(courier.key()))
                    .forEach(waiting -> courier.send(waiting.notice()));
        }
    }

    @Override
    public void raise(AlarmId id, String message, String hint) {
        raise(id, id.subject(), message, hint);
    }

    @Override
    public synchronized void raise(AlarmId id, String log, String message, String hint) {
        if (!ended && book.raise(id, log, message, hint, clock.instant(), nanos.getAsLong())) {
            LOG.warn("{}: {}\n    hint: {}", id, message, hint);
            change();
        }
    }

    @Override
    public synchronized void clear(AlarmId id) {
        if (!ended) {
            book.clear(id, clock.instant(), nanos.getAsLong()).ifPresent(incident -> {
                LOG.info("{}: over", id);
                change();
            });
        }
    }

    @Override
    public synchronized void failed(String route, String about, TidemarkException failure) {
        if (ended || failure.code() == FailureCode.BUSY) {
            return;
        }
        pings.failed(route);
        if (book.failed(new Step(route, about), failure, clock.instant(), nanos.getAsLong())) {
            change();
        }
    }

    @Override
    public synchronized void succeeded(String route, String about) {
        if (!ended
                && !book.succeeded(new Step(route, about), clock.instant(), nanos.getAsLong())
                        .isEmpty()) {
            change();
        }
    }

    @Override
    public synchronized void well(String kind) {
        if (!ended) {
            pings.done(kind);
        }
    }

    @Override
    public synchronized void done(String kind, String summary) {
        if (ended) {
            return;
        }
        pings.done(kind);
        if (settings.tellsSuccessOf(kind)) {
            tell(wording.done(kind, summary, clock.instant()));
        }
    }

    @Override
    public synchronized boolean isTroubled(String subject) {
        return book.isTroubled(subject);
    }

    @Override
    public synchronized void end() {
        ended = true;
    }

    private synchronized void change() {
        changed = true;
    }

    private void tell(Notice notice) {
        couriers.forEach(courier -> courier.send(notice));
        change();
    }

    private void work() {
        try {
            do {
                tick();
            } while (!closing.await(TICK_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Tells what there is to tell, and keeps it. */
    void tick() {
        synchronized (file) {
            look().ifPresent(file::write);
        }
    }

    private synchronized Optional<AlarmState> look() {
        Instant now = clock.instant();
        Optional<AlarmBook.News> news = book.news(nanos.getAsLong());
        news.ifPresent(each -> {
            each.opened().forEach(incident -> tell(wording.opened(incident, now, logs.tail(incident.log()))));
            each.over().forEach(incident -> tell(wording.over(incident, over(incident, now))));
        });
        boolean write = changed || news.isPresent();
        changed = false;
        return write ? Optional.of(state()) : Optional.empty();
    }

    private static Instant over(Incident incident, Instant now) {
        Instant over = incident.over();
        return over == null ? now : over;
    }

    private AlarmState state() {
        List<Waiting> waiting =
                couriers.stream().flatMap(each -> each.waiting().stream()).toList();
        List<Trouble> troubles = new ArrayList<>(pings.troubles());
        couriers.forEach(each -> each.trouble().ifPresent(troubles::add));
        return new AlarmState(book.incidents(), waiting, troubles);
    }

    /** News that can be delivered still go out, for a service that ends because of them; the others do after the next start. */
    @Override
    public void close() {
        end();
        closing.countDown();
        tick();
        couriers.forEach(each -> each.drain(LAST_WORDS));
        couriers.forEach(Courier::close);
        pings.close();
        boolean interrupted = Thread.interrupted();
        tick();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
