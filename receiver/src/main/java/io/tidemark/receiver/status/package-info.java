/** What the receiver tells others: receipts, and what it holds. */
@NullMarked
package io.tidemark.receiver.status;

import org.jspecify.annotations.NullMarked;
