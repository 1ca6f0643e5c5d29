/** Failures as a person and a script see them. */
@NullMarked
package io.tidemark.failure;

import org.jspecify.annotations.NullMarked;
