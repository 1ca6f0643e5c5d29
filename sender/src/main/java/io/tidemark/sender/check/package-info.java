/** Trying out everything that the sender needs. */
@NullMarked
package io.tidemark.sender.check;

import org.jspecify.annotations.NullMarked;
