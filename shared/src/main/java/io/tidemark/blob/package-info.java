/** Contents addressed by their SHA-256. */
@NullMarked
package io.tidemark.blob;

import org.jspecify.annotations.NullMarked;
