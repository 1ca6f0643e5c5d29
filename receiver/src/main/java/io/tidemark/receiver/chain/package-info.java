/** The order of a source's bundles: which can be applied, which are covered, and what is missing. */
@NullMarked
package io.tidemark.receiver.chain;

import org.jspecify.annotations.NullMarked;
