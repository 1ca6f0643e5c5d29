/** How much room a node's disk has, and how long it lasts. */
@NullMarked
package io.tidemark.room;

import org.jspecify.annotations.NullMarked;
