/** Bundles that were loaded, with the contents that they share. */
@NullMarked
package io.tidemark.receiver.archive;

import org.jspecify.annotations.NullMarked;
