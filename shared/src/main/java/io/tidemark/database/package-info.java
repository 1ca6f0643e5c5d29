/** Connections to PostgreSQL as both nodes open them, and what both read of its catalogues. */
@NullMarked
package io.tidemark.database;

import org.jspecify.annotations.NullMarked;
