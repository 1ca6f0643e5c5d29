package io.tidemark.receiver.route;

import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.logging.LogScope;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What is done again and again while something long goes on in a thread of its own. */
final class Meanwhile {
    static final Meanwhile NOTHING = new Meanwhile(Duration.ofSeconds(1), () -> {});

    private final Duration interval;
    private final Turn turn;

    /** @param interval from the end of one turn to the next */
    Meanwhile(Duration interval, Turn turn) {
        this.interval = interval;
        this.turn = turn;
    }

    /** One time. */
    @FunctionalInterface
    interface Turn {
        void run() throws IOException;
    }

    /** The same with more to be done in each turn. */
    Meanwhile and(Turn more) {
        return new Meanwhile(interval, () -> {
            turn.run();
            more.run();
        });
    }

    /**
     * Returns when the work is done. Where that fails, so does this; where a turn fails, the work goes on in its thread until somebody ends it.
     */
    void during(Runnable work) throws IOException {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread thread = new Thread(
                LogScope.carried(() -> {
                    try {
                        work.run();
                        done.complete(null);
                    } catch (RuntimeException | Error failure) {
                        done.completeExceptionally(failure);
                    }
                }),
                "tidemark-stage");
        thread.setDaemon(true);
        thread.start();
        while (!isDone(done)) {
            turn.run();
        }
    }

    private boolean isDone(CompletableFuture<Void> done) {
        try {
            done.get(interval.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException goesOn) {
            return false;
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof TidemarkException known) {
                throw known;
            }
            throw new IllegalStateException("the work died", failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new TidemarkException(FailureCode.FAILED, "the load was stopped", "start it again", stopped);
        }
    }
}
