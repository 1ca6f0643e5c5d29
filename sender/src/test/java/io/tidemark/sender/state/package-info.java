/** Tests of the sender's memory. */
@NullMarked
package io.tidemark.sender.state;

import org.jspecify.annotations.NullMarked;
