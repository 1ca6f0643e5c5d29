/** The node on the primary server. */
@NullMarked
package io.tidemark.sender;

import org.jspecify.annotations.NullMarked;
