package io.tidemark.sender.outbox;

import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import java.io.IOException;
import java.nio.file.Path;

/** What it means when a file of our own cannot be written or read. */
final class OutboxFailures {
    private OutboxFailures() {}

    static TidemarkException of(Path folder, IOException cause) {
        String text = String.valueOf(cause.getMessage());
        if (text.contains("space left") || text.contains("quota")) {
            return new TidemarkException(
                    FailureCode.DISK_FULL,
                    "no room is left for the outbox " + folder,
                    "free space there; outbox.max-size bounds what may wait",
                    cause);
        }
        return new TidemarkException(
                FailureCode.FAILED,
                "outbox " + folder + " cannot be used: " + text,
                "check that the folder and all in it belong to the sender's user, and see the kernel's log for disk errors",
                cause);
    }

    /** A step that was stopped while it waited. */
    static TidemarkException stopped(String what, InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new TidemarkException(
                FailureCode.FAILED,
                "stopped while " + what,
                "start it again; the next one sends what is missing",
                cause);
    }
}
