/** The chain, decided without a database. */
@NullMarked
package io.tidemark.receiver.chain;

import org.jspecify.annotations.NullMarked;
