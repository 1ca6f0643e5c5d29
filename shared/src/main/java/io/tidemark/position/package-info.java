/** Positions in a primary's history. */
@NullMarked
package io.tidemark.position;

import org.jspecify.annotations.NullMarked;
