/** Tests of the sender's partials. */
@NullMarked
package io.tidemark.sender.partial;

import org.jspecify.annotations.NullMarked;
