/** Tests of the reading of the media folder. */
@NullMarked
package io.tidemark.sender.media;

import org.jspecify.annotations.NullMarked;
