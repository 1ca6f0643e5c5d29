/** Tests of remote locations. */
@NullMarked
package io.tidemark.transfer;

import org.jspecify.annotations.NullMarked;
