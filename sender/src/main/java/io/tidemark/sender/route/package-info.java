/** The sender's routes, and the node that runs them. */
@NullMarked
package io.tidemark.sender.route;

import org.jspecify.annotations.NullMarked;
