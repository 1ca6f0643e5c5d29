package io.tidemark.receiver.route;

import io.tidemark.bundle.BundleId;
import io.tidemark.failure.TidemarkException;
import io.tidemark.receipt.Receipt;
import java.util.Optional;

/**
 * What became of one bundle.
 *
 * @param failure why it was not loaded; empty where it was, or had been
 * @param held whether it waits for others
 * @param repaired rows that a complete changed although partials should have brought them
 */
public record BundleOutcome(
        BundleId bundle, Receipt receipt, Optional<TidemarkException> failure, Held held, long repaired) {
    /** Whether a bundle waits for others, and whether those have come. */
    public enum Held {
        NO,
        /** Others come before it, and are told of where they cannot be loaded. */
        BEHIND_OTHERS,
        /** What comes before it has not come. */
        BY_A_GAP
    }

    BundleOutcome(BundleId bundle, Receipt receipt, Optional<TidemarkException> failure) {
        this(bundle, receipt, failure, Held.NO, 0);
    }

    BundleOutcome heldBy(boolean gap) {
        return new BundleOutcome(bundle, receipt, failure, gap ? Held.BY_A_GAP : Held.BEHIND_OTHERS, repaired);
    }

    BundleOutcome repairing(long rows) {
        return new BundleOutcome(bundle, receipt, failure, held, rows);
    }
}
