/** Trying out what a node needs, and saying everything that was found at once. */
@NullMarked
package io.tidemark.check;

import org.jspecify.annotations.NullMarked;
