package io.tidemark.receiver.inbox;

import java.time.Instant;

/**
 * That a volume came, as it was.
 *
 * @param name the volume's file name
 * @param sha256 over all its bytes
 */
public record VolumeNote(String name, long size, String sha256, Instant received) {}
