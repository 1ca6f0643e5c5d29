/** What the sender remembers from one run to the next, in an embedded database. */
@NullMarked
package io.tidemark.sender.state;

import org.jspecify.annotations.NullMarked;
