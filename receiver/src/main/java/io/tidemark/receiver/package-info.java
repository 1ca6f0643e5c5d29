/** The node on the analytics server. */
@NullMarked
package io.tidemark.receiver;

import org.jspecify.annotations.NullMarked;
