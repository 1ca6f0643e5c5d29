package io.tidemark.sender.route;

import io.tidemark.bundle.VolumeName;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.file.WorkLock;
import io.tidemark.sender.outbox.Outbox;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Pushes what waits, one volume after another, strictly in order, and waits for more. Only one process pushes at a time; the lock is held
 * while something is pushed and not while a failure is waited out, so that another process may find the link mended.
 */
final class PushLoop {
    private static final Duration IDLE = Duration.ofSeconds(10);
    private static final Duration OTHERS_TURN = Duration.ofMillis(100);

    private final Outbox outbox;
    private final Path lockFile;
    private final Function<VolumeName, Optional<TidemarkException>> push;
    private final BooleanSupplier stopped;
    private int failures;

    /** @param push sends one volume and removes it from the outbox, or says why it could not */
    PushLoop(
            Outbox outbox,
            Path lockFile,
            Function<VolumeName, Optional<TidemarkException>> push,
            BooleanSupplier stopped) {
        this.outbox = outbox;
        this.lockFile = lockFile;
        this.push = push;
        this.stopped = stopped;
    }

    /**
     * When it ends, and what it says then.
     *
     * @param enough whether to end once the outbox is empty
     * @param tries failures in a row, with no volume pushed in between, after which it ends when {@code enough}
     */
    record Until(BooleanSupplier enough, int tries) {}

    /**
     * Ends when it is stopped and as {@code until} says, and at once where the host's key is wrong. Looks at {@code until} again whenever
     * the outbox signals.
     *
     * @return why something still waits; empty where nothing does, or when it was stopped
     */
    Optional<TidemarkException> run(Until until, Supplier<Backoff> backoff) throws InterruptedException {
        failures = 0;
        while (!stopped.getAsBoolean()) {
            if (outbox.next().isEmpty()) {
                if (until.enough().getAsBoolean()) {
                    return Optional.empty();
                }
                outbox.await(() -> ended(until) || outbox.next().isPresent(), IDLE);
                continue;
            }
            Optional<TidemarkException> failure = drainAlone();
            if (failure.isPresent()) {
                failures++;
                if (failure.get().code() == FailureCode.HOST_KEY || isTired(until)) {
                    return failure;
                }
                rest(until, backoff);
                if (isTired(until)) {
                    return failure;
                }
            }
        }
        return Optional.empty();
    }

    /** A capture that begins meanwhile cuts it short, as its outbox fills. */
    private void rest(Until until, Supplier<Backoff> backoff) throws InterruptedException {
        long begun = System.nanoTime();
        outbox.await(
                () -> stopped.getAsBoolean()
                        || isTired(until)
                        || System.nanoTime() - begun
                                >= backoff.get().after(failures).toNanos(),
                backoff.get().after(failures));
    }

    private boolean ended(Until until) {
        return stopped.getAsBoolean() || until.enough().getAsBoolean();
    }

    private boolean isTired(Until until) {
        return failures >= until.tries() && until.enough().getAsBoolean();
    }

    private Optional<TidemarkException> drainAlone() throws InterruptedException {
        Optional<WorkLock> lock = WorkLock.tryAcquire(lockFile);
        if (lock.isEmpty()) {
            outbox.await(stopped, OTHERS_TURN);
            return Optional.empty();
        }
        try {
            return drain();
        } finally {
            lock.get().close();
        }
    }

    private Optional<TidemarkException> drain() {
        Optional<VolumeName> next = outbox.next();
        while (next.isPresent() && !stopped.getAsBoolean()) {
            Optional<TidemarkException> failure = push.apply(next.get());
            // A volume of a bundle that was given up may vanish while it is sent.
            if (failure.isPresent() && outbox.waiting().contains(next.get())) {
                return failure;
            }
            failures = 0;
            next = outbox.next();
        }
        return Optional.empty();
    }
}
