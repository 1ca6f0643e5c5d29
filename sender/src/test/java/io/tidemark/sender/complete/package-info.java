/** Tests of the making of bundles. */
@NullMarked
package io.tidemark.sender.complete;

import org.jspecify.annotations.NullMarked;
