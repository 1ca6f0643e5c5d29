package io.tidemark.receiver.replica;

import io.tidemark.receipt.Receipt;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;

/** What a round made of each bundle, by sequence. */
record Taken(Map<Long, Receipt> receipts) {
    Receipt of(long sequence) {
        return Objects.requireNonNull(receipts.get(sequence), () -> "nothing was said of bundle " + sequence);
    }

    Collection<Receipt> all() {
        return receipts.values();
    }
}
