/** What is kept of the archive and for how long; removing the rest, and contents that no kept bundle names. */
@NullMarked
package io.tidemark.receiver.retention;

import org.jspecify.annotations.NullMarked;
