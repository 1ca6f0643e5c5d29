package io.tidemark.sender.settings;

import io.tidemark.settings.CronSchedule;

/**
 * How completes are made.
 *
 * @param workers connections that copy at the same time; 1 and up
 */
public record CompleteSettings(CronSchedule schedule, Format format, int workers) {
    /** In which form tables are copied; AUTO takes binary where every type of a table is safe in another database. */
    public enum Format {
        AUTO,
        TEXT,
        BINARY
    }
}
