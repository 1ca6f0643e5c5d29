package io.tidemark.alarm;

import java.io.IOException;

/** One way to people. */
interface Channel {
    /** The setting that it depends on, by which a person knows it. */
    String key();

    /**
     * Delivers or says why not, within a bounded time. Called by one thread at a time.
     *
     * @throws DeliveryException where trying again, or something a person mends, may help
     */
    void deliver(Notice notice) throws IOException;
}
