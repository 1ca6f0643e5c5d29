/** Connects the receiver's steps: poll, take in, load, file away. */
@NullMarked
package io.tidemark.receiver.route;

import org.jspecify.annotations.NullMarked;
