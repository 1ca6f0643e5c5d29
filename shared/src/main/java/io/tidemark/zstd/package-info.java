/** Single zstd frames, read with suspicion. */
@NullMarked
package io.tidemark.zstd;

import org.jspecify.annotations.NullMarked;
