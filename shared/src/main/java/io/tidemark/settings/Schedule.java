package io.tidemark.settings;

import java.time.Duration;

/** When something happens by itself. */
public sealed interface Schedule permits CronSchedule, Schedule.Every {

    /** Again and again, with this between two starts. */
    record Every(Duration interval) implements Schedule {}
}
