@NullMarked
package io.tidemark.receiver.retention;

import org.jspecify.annotations.NullMarked;
