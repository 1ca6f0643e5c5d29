package io.tidemark.alarm;

import java.time.Instant;
import java.util.List;

/**
 * What outlives a restart.
 *
 * @param waiting news that were not delivered yet, oldest first
 * @param troubles channels that do not deliver
 */
record AlarmState(List<Incident> incidents, List<Waiting> waiting, List<Trouble> troubles) {
    static final AlarmState EMPTY = new AlarmState(List.of(), List.of(), List.of());

    AlarmState {
        incidents = List.copyOf(incidents);
        waiting = List.copyOf(waiting);
        troubles = List.copyOf(troubles);
    }

    /** News that one channel has still to deliver. */
    record Waiting(String channel, Notice notice) {}

    /** Why a channel does not deliver. */
    record Trouble(String channel, String message, String hint, Instant since) {}
}
