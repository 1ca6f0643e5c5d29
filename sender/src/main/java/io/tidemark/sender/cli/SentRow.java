package io.tidemark.sender.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tidemark.receipt.Receipt;
import io.tidemark.sender.state.SentBundle;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A bundle for scripts.
 *
 * @param bytes on the wire
 * @param milliseconds from the snapshot to the sealed bundle
 * @param receipt what the receiver said of it; absent until it was read
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record SentRow(
        String bundle,
        String source,
        long sequence,
        String kind,
        String label,
        Instant created,
        String state,
        long bytes,
        long rows,
        long milliseconds,
        @Nullable Receipt receipt) {

    static SentRow of(SentBundle bundle) {
        return new SentRow(
                bundle.id().name(),
                bundle.id().source(),
                bundle.id().sequence(),
                bundle.id().kind().word(),
                bundle.label(),
                bundle.id().created(),
                SentState.word(bundle),
                bundle.bytes(),
                bundle.rows(),
                bundle.taken().toMillis(),
                bundle.receipt().orElse(null));
    }

    SentRow withoutTables() {
        return new SentRow(bundle, source, sequence, kind, label, created, state, bytes, rows, milliseconds, null);
    }
}
