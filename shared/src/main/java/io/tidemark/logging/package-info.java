/** The logs: which there are, how their lines look, and what each line is about. */
@NullMarked
package io.tidemark.logging;

import org.jspecify.annotations.NullMarked;
