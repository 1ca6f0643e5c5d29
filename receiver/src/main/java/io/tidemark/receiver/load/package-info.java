/** Loading bundles into the analytics database. */
@NullMarked
package io.tidemark.receiver.load;

import org.jspecify.annotations.NullMarked;
