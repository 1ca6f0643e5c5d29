package io.tidemark.receiver.route;

import io.tidemark.alarm.Alarms;
import io.tidemark.alarm.Silence;
import io.tidemark.crash.CrashPoints;
import io.tidemark.failure.TidemarkException;
import io.tidemark.file.WorkLock;
import io.tidemark.logging.LogScope;
import io.tidemark.progress.Progress;
import io.tidemark.receiver.inbox.Beats;
import io.tidemark.receiver.inbox.Imported;
import io.tidemark.receiver.inbox.Inbox;
import io.tidemark.receiver.load.LoadedBundles;
import io.tidemark.receiver.postprocess.StepOutcome;
import io.tidemark.receiver.retention.ExpiryReport;
import io.tidemark.receiver.settings.ReceiverSettings;
import io.tidemark.transfer.Pulse;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A receiver as its commands see it. */
public final class ReceiverNode implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(ReceiverNode.class);
    private static final String LOCK = "load.lock";
    private static final Duration LEDGER_TIMEOUT = Duration.ofSeconds(5);
    private static final String POST_LOCK = "post.lock";
    private static final Duration LOCK_PATIENCE = Duration.ofSeconds(60);

    private final NodeParts parts;
    private final NodeFolders folders;
    private final LoadAlarms loadAlarms;
    private final Watch watch;
    private volatile Set<String> sources = Set.of();
    private final ReceiverSettings settings;
    private final Expiring expiring;
    private final PostStage postStage;
    private volatile @org.jspecify.annotations.Nullable CamelContext context;

    public ReceiverNode(ReceiverSettings settings, Clock clock, Progress progress, CrashPoints crashPoints) {
        this(settings, clock, progress, crashPoints, Alarms.none());
    }

    /** @param alarms where the service tells what a person should know */
    public ReceiverNode(
            ReceiverSettings settings, Clock clock, Progress progress, CrashPoints crashPoints, Alarms alarms) {
        this.settings = settings;
        this.parts = NodeParts.of(settings, clock, progress, crashPoints, alarms);
        this.folders = new NodeFolders(settings);
        this.expiring = new Expiring(parts);
        this.postStage = parts.postStage();
        this.loadAlarms = new LoadAlarms(alarms);
        this.watch = new Watch(
                settings.watch(),
                new Beats(settings.inboxFolder()),
                () -> LoadedBundles.sources(settings.database().database(LEDGER_TIMEOUT)),
                alarms,
                new Silence(alarms, settings.workFolder(), clock));
    }

    /**
     * Takes in and loads all that waits. Beside a running service it waits its turn.
     *
     * @param acceptRowDrop lets completes through that the row-drop guard holds
     * @throws TidemarkException (BUSY) where another process goes on loading for long
     */
    public LoadReport load(boolean acceptRowDrop) {
        folders.create();
        try (WorkLock alone = WorkLock.acquire(lock(), "a load", LOCK_PATIENCE)) {
            LOG.debug("holding {}", alone);
            List<LoadReport> meanwhile = new ArrayList<>();
            LoadReport last = round(acceptRowDrop, meanwhile::add);
            return meanwhile.isEmpty() ? last : LoadReport.of(meanwhile, last);
        }
    }

    /** One round of the service; nothing where another process is at it. */
    LoadReport poll() {
        try (WorkLock alone = WorkLock.tryAcquire(lock()).orElse(null)) {
            if (alone == null) {
                return new LoadReport(List.of(), List.of());
            }
            LoadReport report = round(false, meanwhile -> {
                loadAlarms.tellMeanwhile(meanwhile);
                watch.tell(meanwhile, sources);
            });
            loadAlarms.tell(report, sources);
            watch.tell(report, sources);
            return report;
        }
    }

    /**
     * Removes what has outlived its time. Beside a running service it waits its turn.
     *
     * @param dryRun only tells what would be removed, and why
     * @throws TidemarkException (BUSY) where another process goes on loading for long
     */
    public ExpiryReport expire(boolean dryRun) {
        folders.create();
        try (WorkLock alone = WorkLock.acquire(lock(), "a load", LOCK_PATIENCE)) {
            LOG.debug("holding {}", alone);
            return LogScope.inRoute(ReceiverCamel.EXPIRE, () -> expiring.run(dryRun, true));
        }
    }

    /**
     * Runs the post-processing steps that have something to do; nothing where another process is at it.
     *
     * @param now whether a step is also run that failed a moment ago, or that rests between its runs
     */
    public List<StepOutcome> postProcess(boolean now) {
        if (settings.post().isEmpty() || !isRegistered()) {
            return List.of();
        }
        try (WorkLock alone =
                WorkLock.tryAcquire(settings.workFolder().resolve(POST_LOCK)).orElse(null)) {
            return alone == null ? List.of() : LogScope.inRoute(ReceiverCamel.POST_PROCESS, () -> postStage.run(now));
        }
    }

    private boolean isRegistered() {
        if (!postStage.isRegistered()) {
            try (WorkLock alone = WorkLock.tryAcquire(lock()).orElse(null)) {
                if (alone != null) {
                    postStage.register();
                }
            }
        }
        return postStage.isRegistered();
    }

    /**
     * As the service does it: now and then, and where nothing is taken in or loaded just now.
     *
     * @return whether it was done
     */
    boolean expireWhenDue() {
        try (WorkLock alone = WorkLock.tryAcquire(lock()).orElse(null)) {
            return alone != null && expiring.whenDue();
        }
    }

    Instant now() {
        return parts.clock().instant();
    }

    /** Whether a volume waits in the inbox. */
    boolean hasArrivals() {
        try {
            return !new Inbox(settings.inboxFolder()).volumes().isEmpty();
        } catch (IOException failure) {
            throw NodeFolders.unusable(failure);
        }
    }

    /** @param meanwhile is told what partials came to while a complete was staged; what it returns does not hold that */
    private LoadReport round(boolean acceptRowDrop, Consumer<LoadReport> meanwhile) {
        sources = folders.tellStores();
        List<Imported> volumes = parts.intake().takeAll();
        BundleLoading loading = parts.loading(acceptRowDrop, postStage::beforeLoad);
        Meanwhile partials = new Meanwhile(settings.pollInterval(), () -> {
            List<Imported> arrived = parts.intake().takeAll();
            meanwhile.accept(new LoadReport(arrived, loading.loadPartials()));
        });
        return new LoadReport(volumes, loading.loadAll(partials));
    }

    /** The service: polls until {@link #close}. */
    public void run() throws InterruptedException {
        run(Pulse.USUAL);
    }

    /** @param pulse how often it is looked what is due by the clock */
    public void run(Pulse pulse) throws InterruptedException {
        folders.create();
        try (ReceiverCamel camel = new ReceiverCamel(
                this,
                settings.pollInterval(),
                pulse,
                parts.alarms(),
                watch,
                new DiskWatch(parts),
                !settings.post().isEmpty())) {
            context = camel.context();
            LOG.info(
                    "polling {} every {} s",
                    settings.inboxFolder(),
                    settings.pollInterval().toMillis() / 1000.0);
            camel.awaitStop();
        } finally {
            watch.end();
        }
    }

    /** Ends the service from another thread; what is under way is done again by the next start. */
    @Override
    public void close() {
        stop();
    }

    /** From another thread: ends a step that runs, and the service. */
    public void stop() {
        parts.alarms().end();
        postStage.stop();
        CamelContext running = context;
        if (running != null) {
            running.stop();
        }
    }

    private Path lock() {
        return settings.workFolder().resolve(LOCK);
    }
}
