package io.tidemark.receiver.route;

import io.tidemark.failure.TidemarkException;
import io.tidemark.receiver.retention.ExpiryReport;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/** The step that removes what has outlived its time. Bundles are looked at every hour; contents that nothing names every day. */
final class Expiring {
    private static final Duration EVERY = Duration.ofHours(1);
    private static final Duration SWEEP_EVERY = Duration.ofDays(1);

    private final NodeParts parts;
    private Instant next = Instant.MIN;
    private Instant sweep = Instant.MIN;

    Expiring(NodeParts parts) {
        this.parts = parts;
    }

    /** @param sweep whether contents are looked for even where no bundle is removed */
    ExpiryReport run(boolean dryRun, boolean sweep) {
        try {
            return dryRun ? parts.expiry().dryRun() : parts.expiry().run(sweep);
        } catch (IOException failure) {
            throw new TidemarkException(
                    Intake.Failures.code(failure),
                    "cannot remove what has outlived its time: " + failure.getMessage(),
                    Intake.Failures.hint(failure, "check archive.folder, quarantine.folder and receipts.folder"),
                    failure);
        }
    }

    /**
     * The time of the next is set first: what fails is not tried again at once.
     *
     * @return whether it was due
     */
    boolean whenDue() {
        Instant now = parts.clock().instant();
        if (now.isBefore(next)) {
            return false;
        }
        next = now.plus(EVERY);
        boolean sweeps = !now.isBefore(sweep);
        ExpiryReport report = run(false, sweeps);
        if (sweeps && report.swept().postponed().isEmpty()) {
            sweep = now.plus(SWEEP_EVERY);
        }
        return true;
    }
}
