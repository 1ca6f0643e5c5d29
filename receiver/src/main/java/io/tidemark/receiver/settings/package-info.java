/** The receiver's settings. */
@NullMarked
package io.tidemark.receiver.settings;

import org.jspecify.annotations.NullMarked;
