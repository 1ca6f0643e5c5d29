/** Tests of the placing of media. */
@NullMarked
package io.tidemark.receiver.media;

import org.jspecify.annotations.NullMarked;
