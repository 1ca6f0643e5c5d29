/** Tests of reading the log. */
@NullMarked
package io.tidemark.sender.log;

import org.jspecify.annotations.NullMarked;
