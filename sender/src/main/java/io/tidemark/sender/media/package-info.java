/** Reads the media folder: which files there are, what is in them, what the receiver lacks. */
@NullMarked
package io.tidemark.sender.media;

import org.jspecify.annotations.NullMarked;
