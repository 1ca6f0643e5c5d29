package io.tidemark.sender.outbox;

import io.tidemark.bundle.Manifest;
import io.tidemark.bundle.VolumeName;
import io.tidemark.bundle.VolumeWriter;
import io.tidemark.crash.CrashPoints;
import io.tidemark.failure.TidemarkException;
import io.tidemark.logging.LogScope;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/** Makes full volumes durable and commits them, beside the threads that fill the next ones. */
final class VolumeCommitter implements Closeable {
    /** Full volumes whose bytes are not on disk yet; more would only fill the page cache. */
    private static final int UNDER_WAY = 2;

    private final Outbox outbox;
    private final BlobLedger ledger;
    private final CrashPoints crashPoints;
    private final Semaphore places = new Semaphore(UNDER_WAY);
    private final Deque<Future<VolumeName>> underWay = new ArrayDeque<>();
    private final SortedMap<VolumeName, Manifest.Volume> committed = new TreeMap<>();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread made = new Thread(LogScope.carried(task), "volume-commit");
        made.setDaemon(true);
        return made;
    });

    VolumeCommitter(Outbox outbox, BlobLedger ledger, CrashPoints crashPoints) {
        this.outbox = outbox;
        this.ledger = ledger;
        this.crashPoints = crashPoints;
    }

    /** Takes a full volume over; waits while too many are under way. */
    void commit(OpenVolume volume) {
        try {
            places.acquire();
        } catch (InterruptedException e) {
            throw OutboxFailures.stopped("waiting for the disk", e);
        }
        synchronized (underWay) {
            underWay.add(thread.submit(() -> process(volume)));
        }
    }

    /** @throws TidemarkException where a volume could not be committed */
    void check() {
        synchronized (underWay) {
            for (Future<VolumeName> first = underWay.peek(); first != null && first.isDone(); first = underWay.peek()) {
                await(first);
                underWay.remove();
            }
        }
    }

    /** Waits for all that were taken over; in order of their numbers. */
    List<Manifest.Volume> finish() {
        thread.shutdown();
        synchronized (underWay) {
            underWay.forEach(this::await);
            underWay.clear();
        }
        synchronized (committed) {
            return List.copyOf(committed.values());
        }
    }

    private void await(Future<VolumeName> volume) {
        try {
            volume.get();
        } catch (InterruptedException e) {
            throw OutboxFailures.stopped("waiting for the disk", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TidemarkException known) {
                throw new TidemarkException(known.code(), known.text(), known.hint(), known);
            }
            if (e.getCause() instanceof IOException disk) {
                throw OutboxFailures.of(outbox.folder(), disk);
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private VolumeName process(OpenVolume volume) throws IOException {
        try (volume) {
            crashPoints.pass(OutboxStep.VOLUME_FILLED);
            VolumeWriter.Written written = volume.finish();
            crashPoints.pass(OutboxStep.VOLUME_SYNCED);
            ledger.noteVolume(volume.name(), volume.contents());
            crashPoints.pass(OutboxStep.VOLUME_NOTED);
            outbox.commit(volume.name());
            crashPoints.pass(OutboxStep.VOLUME_COMMITTED);
            synchronized (committed) {
                committed.put(
                        volume.name(), new Manifest.Volume(volume.name().fileName(), written.size(), written.sha256()));
            }
            return volume.name();
        } finally {
            places.release();
        }
    }

    /** Lets those under way end. */
    @Override
    public void close() {
        thread.shutdown();
    }
}
