/** From files in the inbox to bundles that are known to be whole. */
@NullMarked
package io.tidemark.receiver.inbox;

import org.jspecify.annotations.NullMarked;
