package io.tidemark.sender.settings;

import java.time.Duration;

/**
 * How changes are found without the log.
 *
 * @param columns that tables follow; empty where they are to be found by their names
 * @param overlap how far a column's values may lag behind when their row is committed
 */
public record WatermarkSettings(WatermarkColumns columns, Duration overlap) {
    static final Duration USUAL = Duration.ofMinutes(10);
}
