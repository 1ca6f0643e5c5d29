/** Brings the changes of partials into the replica, and tells completes what later partials did. */
@NullMarked
package io.tidemark.receiver.load.partial;

import org.jspecify.annotations.NullMarked;
