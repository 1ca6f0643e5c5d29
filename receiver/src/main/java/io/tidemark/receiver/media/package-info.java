/** Makes the media folder hold what a bundle lists. */
@NullMarked
package io.tidemark.receiver.media;

import org.jspecify.annotations.NullMarked;
