package io.tidemark.receiver.retention;

import io.tidemark.bundle.BundleId;
import io.tidemark.bundle.BundleKind;
import io.tidemark.position.Lsn;
import java.time.Instant;

/**
 * A bundle of the archive, as far as it matters for how long it is kept.
 *
 * @param position where a complete was cut, or a partial ends
 * @param since when it was loaded; when it was made, where the ledger does not know it
 * @param good whether its load found every table equal to the primary
 * @param inUse whether it is being verified, exported or restored
 * @param bytes of its own entries, without contents that it shares
 */
public record StoredBundle(BundleId id, Lsn position, Instant since, boolean good, boolean inUse, long bytes) {
    boolean isComplete() {
        return id.kind() == BundleKind.COMPLETE;
    }
}
