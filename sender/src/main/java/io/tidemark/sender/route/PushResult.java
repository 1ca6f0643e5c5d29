package io.tidemark.sender.route;

import io.tidemark.bundle.VolumeName;
import io.tidemark.failure.TidemarkException;
import java.util.List;
import java.util.Optional;

/**
 * What a push came to.
 *
 * @param volumes pushed by this process
 * @param bytes of them
 * @param waiting what is still in the outbox
 * @param failure why pushing ended before the outbox was empty; absent where it is
 */
public record PushResult(int volumes, long bytes, List<VolumeName> waiting, Optional<TidemarkException> failure) {
    public PushResult {
        waiting = List.copyOf(waiting);
    }
}
