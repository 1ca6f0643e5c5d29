/** Tables: names, shapes, digests. */
@NullMarked
package io.tidemark.table;

import org.jspecify.annotations.NullMarked;
