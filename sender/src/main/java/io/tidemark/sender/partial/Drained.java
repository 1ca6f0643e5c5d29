package io.tidemark.sender.partial;

import io.tidemark.position.Lsn;
import java.util.Optional;

/**
 * How a drain ended.
 *
 * @param to everything up to here is in the batch
 * @param more whether there is more to read at once
 * @param again where a drain has to end instead of this one, whose batch is of no use: after that a table has another layout
 */
record Drained(Lsn to, boolean more, Optional<Lsn> again) {}
