package io.tidemark.sender.state;

import java.time.Duration;
import java.util.Optional;

/**
 * What is known of a bundle when its last volume is durable.
 *
 * @param manifest SHA-256 of its manifest, in hex
 * @param previous SHA-256 of the manifest that it names as the one before
 * @param bytes of all its volumes
 */
public record Sealed(String manifest, Optional<String> previous, long bytes, long rows, Duration taken) {}
