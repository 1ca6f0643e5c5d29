package io.tidemark.receiver.load;

import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import java.io.IOException;

/** Failures of the receiver's own disk while loading. */
public final class LoadFailures {
    private LoadFailures() {}

    public static TidemarkException io(String what, IOException failure) {
        boolean full = String.valueOf(failure.getMessage()).contains("No space left");
        return new TidemarkException(
                full ? FailureCode.DISK_FULL : FailureCode.FAILED,
                what + ": " + failure.getMessage(),
                full
                        ? "make room on the disk; the load is repeated"
                        : "check the archive folder and its disk; the load can be repeated",
                failure);
    }
}
