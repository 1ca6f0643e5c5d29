/** Loads with a real PostgreSQL: a primary whose history is cut into bundles by hand, and a replica that takes them. */
@NullMarked
package io.tidemark.receiver.replica;

import org.jspecify.annotations.NullMarked;
