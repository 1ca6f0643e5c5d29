package io.tidemark.receiver.load;

import java.time.Instant;

/**
 * What the ledger says of a loaded bundle, without what it did table by table.
 *
 * @param manifest SHA-256 of its manifest
 * @param equal whether every table was found equal to the primary
 */
public record LoadProof(String manifest, Instant loaded, boolean equal) {}
