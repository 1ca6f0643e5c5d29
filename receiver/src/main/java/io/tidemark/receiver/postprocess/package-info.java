/** Steps that the replica's owner has run after loads: SQL and commands, with the rows that changed, and how far each has come. */
@NullMarked
package io.tidemark.receiver.postprocess;

import org.jspecify.annotations.NullMarked;
