/** Making a complete: capture, media, volumes and manifest put together. */
@NullMarked
package io.tidemark.sender.complete;

import org.jspecify.annotations.NullMarked;
