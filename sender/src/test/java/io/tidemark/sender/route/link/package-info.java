/** Tests of the connection to the remote. */
@NullMarked
package io.tidemark.sender.route.link;

import org.jspecify.annotations.NullMarked;
