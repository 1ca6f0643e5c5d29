/** Making partials in log mode: the chain of positions, the changes compacted, the bundle sealed. */
@NullMarked
package io.tidemark.sender.partial;

import org.jspecify.annotations.NullMarked;
