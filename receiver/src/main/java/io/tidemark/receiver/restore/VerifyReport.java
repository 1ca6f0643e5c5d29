package io.tidemark.receiver.restore;

import io.tidemark.bundle.BundleId;
import java.util.List;
import java.util.Optional;

/**
 * What was found wrong with a bundle, and how much was looked at.
 *
 * @param bundle which one; empty where even that could not be read
 * @param contents how many contents were read to their end, each once
 * @param bytes of these contents as they are stored
 * @param problems all that was found, the first {@link #MAX_PROBLEMS} of them
 * @param more whether there are more
 * @param elsewhere how many contents the bundle names that are not in the files looked at; in volumes as they were sent that is usual,
 *     since what the receiver had already was not sent again
 */
public record VerifyReport(
        Optional<BundleId> bundle,
        long tables,
        long rows,
        long mediaFiles,
        long contents,
        long bytes,
        long elsewhere,
        List<String> problems,
        boolean more) {
    public static final int MAX_PROBLEMS = 1000;

    public VerifyReport {
        problems = List.copyOf(problems);
    }

    public boolean good() {
        return problems.isEmpty();
    }
}
