/** Getting bundles back out: checking them without a database, and writing one as a single file. */
@NullMarked
package io.tidemark.receiver.restore;

import org.jspecify.annotations.NullMarked;
