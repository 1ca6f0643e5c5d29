package io.tidemark.receiver.route;

import io.tidemark.bundle.BundleId;
import io.tidemark.failure.TidemarkException;
import io.tidemark.receipt.Receipt;
import java.util.Optional;

/**
 * What became of one bundle.
 *
 * @param failure why it was not loaded; empty where it was, or had been
 */
public record BundleOutcome(BundleId bundle, Receipt receipt, Optional<TidemarkException> failure) {}
