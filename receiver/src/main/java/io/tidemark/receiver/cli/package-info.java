/** The receiver's command line. */
@NullMarked
package io.tidemark.receiver.cli;

import org.jspecify.annotations.NullMarked;
