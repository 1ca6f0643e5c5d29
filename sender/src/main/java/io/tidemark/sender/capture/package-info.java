/** Cuts completes out of a live database: one snapshot, its schema, its rows in parts. */
@NullMarked
package io.tidemark.sender.capture;

import org.jspecify.annotations.NullMarked;
