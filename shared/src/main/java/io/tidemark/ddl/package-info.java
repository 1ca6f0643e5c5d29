/** Schema definitions as pg_dump writes them, entry by entry. */
@NullMarked
package io.tidemark.ddl;

import org.jspecify.annotations.NullMarked;
