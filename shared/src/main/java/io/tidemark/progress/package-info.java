/** How far a long step is. */
@NullMarked
package io.tidemark.progress;

import org.jspecify.annotations.NullMarked;
