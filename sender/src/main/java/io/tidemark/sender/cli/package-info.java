/** The sender's command line. */
@NullMarked
package io.tidemark.sender.cli;

import org.jspecify.annotations.NullMarked;
