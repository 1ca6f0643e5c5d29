/** Where bundles are handed over, and how a node's routes reach that place. */
@NullMarked
package io.tidemark.transfer;

import org.jspecify.annotations.NullMarked;
