package io.tidemark.sender.settings;

import io.tidemark.settings.CronSchedule;
import java.time.Duration;

/**
 * How completes are made.
 *
 * @param workers connections that copy at the same time; 1 and up
 * @param readAll how long a part of a table that nobody writes to may go unread
 */
public record CompleteSettings(CronSchedule schedule, Format format, int workers, Duration readAll) {
    /** In which form tables are copied; AUTO takes binary where every type of a table is safe in another database. */
    public enum Format {
        AUTO,
        TEXT,
        BINARY
    }
}
