package io.tidemark.sender.route;

import io.tidemark.bundle.BundleId;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.logging.LogScope;
import io.tidemark.progress.Progress;
import io.tidemark.sender.complete.CompleteRoom;
import io.tidemark.settings.CronSchedule;
import io.tidemark.text.Human;
import java.io.Closeable;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A sender as its commands see it. */
public final class SenderNode implements Closeable {
    static final String PUSH_LOCK = "push.lock";
    /** A link that fails as often as this in a row is left for later by a command; the service never gives up. */
    private static final int TRIES = 3;
    /** While a capture fills the outbox, a link is not left alone for longer. */
    private static final Duration LONGEST_REST_OF_A_CAPTURE = Duration.ofSeconds(10);

    private final NodeParts parts;
    private final Backoff backoff;
    private final Incidents incidents;
    /** Takes a while to start, which is time for the capture to begin. */
    private final FutureTask<SenderCamel> camel;

    private final Capturing capturing;
    private final Interruptible partialing = new Interruptible();
    private final AtomicBoolean stopped = new AtomicBoolean();
    /** Only of a service. */
    private volatile @Nullable Lookout lookout;

    private volatile Supplier<Optional<CompleteRoom>> room = Optional::empty;

    public SenderNode(NodeParts parts) {
        this(parts, Backoff.LINK);
    }

    SenderNode(NodeParts parts, Backoff backoff) {
        this.parts = parts;
        this.backoff = backoff;
        this.incidents = new Incidents(parts.clock(), parts.alarms());
        this.camel = new FutureTask<>(() -> new SenderCamel(parts, incidents));
        start(camel, "camel");
        this.capturing = new Capturing(parts, lost -> camel().readReceipts(lost));
    }

    /** Pushes all that waits, and learns what the receiver says. */
    public PushResult push() {
        PushResult result = pushUntil(new AtomicBoolean(true));
        if (result.failure().isEmpty()) {
            camel().readReceipts(false);
        }
        return result;
    }

    /**
     * Makes a complete and pushes it while it is made. A link that is down does not fail it: the bundle waits in the outbox then.
     *
     * @throws TidemarkException where no bundle was made
     */
    public CompleteResult complete(CompleteStep step, String label) {
        AtomicBoolean captured = new AtomicBoolean();
        FutureTask<PushResult> pushing = new FutureTask<>(() -> pushUntil(captured));
        start(pushing, RouteIds.PUSH);
        BundleId bundle;
        boolean made = false;
        try {
            bundle = LogScope.inRoute(RouteIds.COMPLETE, () -> capturing.run(step, label));
            made = true;
        } finally {
            captured.set(true);
            stopped.compareAndSet(false, !made);
            parts.outbox().signal();
        }
        return new CompleteResult(bundle, valueOf(pushing));
    }

    /**
     * The service: pushes, reads receipts, makes completes on schedule, until {@link #stop}.
     *
     * @throws TidemarkException (HOST_KEY) where the remote host is not the one that was pinned
     */
    public void run(CronSchedule schedule, ZoneId zone, CompleteStep step) {
        run(new Timetable(schedule, zone, Optional.empty()), step, Optional.empty());
    }

    /** The same with partials, where there are some. */
    public void run(Timetable times, CompleteStep step, Optional<Partials> partials) {
        ScheduledComplete complete = new ScheduledComplete(
                times.complete(),
                times.zone(),
                parts.clock(),
                this::lastComplete,
                () -> parts.state().chain().openRequest().isPresent(),
                label -> {
                    partials.ifPresent(this::prepare);
                    capturing.run(step, label);
                });
        watch(times);
        camel().add(SenderRoutes.complete(times.pulse(), complete, incidents));
        if (partials.isPresent() && times.partial().isPresent()) {
            camel().add(SenderRoutes.partial(
                    times.pulse(),
                    new ScheduledPartial(
                            times.partial().get(),
                            times.zone(),
                            parts.clock(),
                            new ServicePartials(partials.get(), partialing, this::looked)),
                    incidents));
        }
        if (parts.remote().receipts().isPresent()) {
            camel().add(SenderRoutes.receiptsTimer(new Pace(parts.clock(), backoff)));
        }
        Optional<TidemarkException> fatal = loop(new PushLoop.Until(() -> false, TRIES), this::backoff);
        if (fatal.isPresent()) {
            throw fatal.get();
        }
    }

    /** Has the service look now and then whether there is room for the next complete. */
    public void watchRoom(Supplier<Optional<CompleteRoom>> asked) {
        room = asked;
    }

    private void watch(Timetable times) {
        Lookout looking = new Lookout(parts, times);
        lookout = looking;
        looking.routes(camel().links().inboxFolder(), room, incidents).forEach(camel()::add);
    }

    /** A tick of the service has looked for changes. */
    private void looked(List<BundleId> made) {
        parts.outbox().signal();
        Lookout looking = lookout;
        if (looking != null) {
            looking.looked();
        }
        if (made.isEmpty() && parts.outbox().next().isEmpty()) {
            parts.alarms().well(RouteIds.PARTIAL);
        }
    }

    /**
     * Lets partials go on from the complete that comes next. Only where that was never done: partials do not wait for completes, nor completes
     * for them; and where it cannot be done, the complete is made all the same.
     */
    public void prepare(Partials partials) {
        if (parts.state().chain().chain().isPresent()) {
            return;
        }
        try {
            partials.prepare();
        } catch (TidemarkException failure) {
            incidents.failed(RouteIds.PARTIAL, failure);
        }
    }

    /**
     * Makes what partials there are to make, and pushes them.
     *
     * @throws TidemarkException where they could not be made
     */
    public PartialResult partial(Partials step, String label) {
        List<BundleId> made = LogScope.inRoute(RouteIds.PARTIAL, () -> partialing.run(() -> step.make(label, false)));
        return new PartialResult(made, push());
    }

    /** Ends whatever is under way, from another thread. What was not finished is done again by the next. */
    public void stop() {
        stopped.set(true);
        incidents.end();
        capturing.interrupt();
        partialing.interrupt();
        camel().links().close();
        parts.outbox().signal();
    }

    @Override
    public void close() {
        stop();
        camel().close();
        Lookout looking = lookout;
        if (looking != null) {
            looking.end();
        }
    }

    private PushResult pushUntil(AtomicBoolean enough) {
        parts.progress().begin(Delivery.STAGE, -1, Progress.Unit.BYTES);
        Optional<TidemarkException> failure =
                loop(new PushLoop.Until(enough::get, TRIES), () -> backoff.atMost(LONGEST_REST_OF_A_CAPTURE));
        parts.progress().end(Delivery.STAGE, Human.count(camel().delivery().volumes(), "volume"));
        return new PushResult(
                camel().delivery().volumes(),
                camel().delivery().bytes(),
                parts.outbox().waiting(),
                failure);
    }

    private Optional<TidemarkException> loop(PushLoop.Until until, Supplier<Backoff> backoff) {
        PushLoop loop =
                new PushLoop(parts.outbox(), parts.workFolder().resolve(PUSH_LOCK), camel()::push, stopped::get);
        try {
            return loop.run(until, backoff);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(interrupted(e));
        }
    }

    private Backoff backoff() {
        return capturing.isUnderWay() ? backoff.atMost(LONGEST_REST_OF_A_CAPTURE) : backoff;
    }

    private Optional<Instant> lastComplete() {
        return parts.state().lastComplete().map(bundle -> bundle.id().created());
    }

    private static void start(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    private SenderCamel camel() {
        return valueOf(camel);
    }

    private static <T> T valueOf(FutureTask<T> task) {
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted(e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof TidemarkException known ? known : new IllegalStateException(e.getCause());
        }
    }

    private static TidemarkException interrupted(InterruptedException cause) {
        return new TidemarkException(
                FailureCode.FAILED, "stopped while pushing", "start it again; what waits stays in the outbox", cause);
    }
}
