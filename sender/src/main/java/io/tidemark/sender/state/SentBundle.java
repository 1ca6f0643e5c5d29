package io.tidemark.sender.state;

import io.tidemark.bundle.BundleId;
import io.tidemark.receipt.Receipt;
import java.time.Duration;
import java.util.Optional;

/**
 * A bundle as the sender remembers it.
 *
 * @param manifest SHA-256 of its manifest; present once sealed
 * @param bytes on the wire
 * @param pushed whether its last volume has been pushed
 * @param receipt what the receiver last said of it
 */
public record SentBundle(
        BundleId id,
        BundleState state,
        String label,
        Optional<String> manifest,
        Optional<String> previous,
        long bytes,
        long rows,
        Duration taken,
        boolean pushed,
        Optional<Receipt> receipt) {}
