/** Tests of the receiver's steps as they are connected. */
@NullMarked
package io.tidemark.receiver.route;

import org.jspecify.annotations.NullMarked;
