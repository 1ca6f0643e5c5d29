/** Trying out everything that the receiver needs. */
@NullMarked
package io.tidemark.receiver.check;

import org.jspecify.annotations.NullMarked;
