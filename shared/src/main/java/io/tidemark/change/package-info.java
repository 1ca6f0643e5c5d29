/** Changes of rows, and the files that carry them; docs/BUNDLE_FORMAT.md specifies those. */
@NullMarked
package io.tidemark.change;

import org.jspecify.annotations.NullMarked;
