package io.tidemark.sender.settings;

import java.time.Duration;

/**
 * Bounds of the outbox.
 *
 * @param maxSize bytes that may wait
 * @param patience how long a full outbox may stand still before a complete is given up
 * @param volumeSize bytes after which a volume is closed
 */
public record OutboxSettings(long maxSize, Duration patience, long volumeSize) {}
