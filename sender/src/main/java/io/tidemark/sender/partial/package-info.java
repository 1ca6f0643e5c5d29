/** Making partials, from the log or by watermark: the chain of positions, the changes compacted, the bundle sealed. */
@NullMarked
package io.tidemark.sender.partial;

import org.jspecify.annotations.NullMarked;
