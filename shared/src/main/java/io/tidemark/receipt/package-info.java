/** What the receiver says of a bundle. */
@NullMarked
package io.tidemark.receipt;

import org.jspecify.annotations.NullMarked;
