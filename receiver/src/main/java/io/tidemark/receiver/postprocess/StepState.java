package io.tidemark.receiver.postprocess;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a step has come, for people and scripts.
 *
 * @param reached number of the last load that it is done with; absent before its first run
 * @param bundle the newest bundle among those loads
 * @param behind how many loads it has still to do
 * @param state {@code new}, {@code running}, {@code done}, {@code failed}, or {@code waiting} where it made way for a load
 * @param milliseconds that the last good run took
 * @param failures in a row
 * @param retry when it is tried again
 * @param message why it failed; empty where it did not
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StepState(
        String name,
        boolean required,
        @Nullable Long reached,
        @Nullable String bundle,
        long behind,
        String state,
        @Nullable Instant started,
        @Nullable Instant finished,
        @Nullable Long milliseconds,
        int failures,
        @Nullable Instant retry,
        String message) {
    static final String FAILED = "failed";
    static final String WAITING = "waiting";

    /** Whether it is to rest until {@link #retry}. */
    boolean rests() {
        return state.equals(FAILED) || state.equals(WAITING);
    }
}
