/** Brings verified bundles into the replica: schema, first load, merge, proof, ledger. */
@NullMarked
package io.tidemark.receiver.load;

import org.jspecify.annotations.NullMarked;
