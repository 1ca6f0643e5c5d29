/** Tests of the outbox and of packing into it. */
@NullMarked
package io.tidemark.sender.outbox;

import org.jspecify.annotations.NullMarked;
