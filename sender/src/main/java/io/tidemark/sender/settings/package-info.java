/** The sender's settings. */
@NullMarked
package io.tidemark.sender.settings;

import org.jspecify.annotations.NullMarked;
