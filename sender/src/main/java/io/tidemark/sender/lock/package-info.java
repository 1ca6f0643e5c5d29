/** One process at a time. */
@NullMarked
package io.tidemark.sender.lock;

import org.jspecify.annotations.NullMarked;
