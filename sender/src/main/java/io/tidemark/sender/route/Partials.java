package io.tidemark.sender.route;

import io.tidemark.bundle.BundleId;
import java.time.Duration;
import java.util.List;

/** Makes partials in the outbox. One at a time; to be ended early by interrupting its thread. */
public interface Partials {
    /**
     * @param label scheduled, manual …
     * @param again whether it is called again within seconds, so that what was opened may stay open
     * @return those made, none where nothing changed
     */
    List<BundleId> make(String label, boolean again);

    /** Between two ticks that are close together: takes what there is already of what the next will bring. */
    default void readAhead(Duration limit) {}

    /** Does what has to be done before the first complete, so that partials can go on from it. */
    void prepare();
}
