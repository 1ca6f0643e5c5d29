/** What logical decoding gives: publication, slot, stream, and the messages of pgoutput. */
@NullMarked
package io.tidemark.sender.log;

import org.jspecify.annotations.NullMarked;
