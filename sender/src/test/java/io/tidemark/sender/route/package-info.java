/** Tests of the routes, against real folders and a real SSH server. */
@NullMarked
package io.tidemark.sender.route;

import org.jspecify.annotations.NullMarked;
