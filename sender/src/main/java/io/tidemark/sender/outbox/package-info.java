/** Finished volumes that wait for the link, and how contents get into them. */
@NullMarked
package io.tidemark.sender.outbox;

import org.jspecify.annotations.NullMarked;
