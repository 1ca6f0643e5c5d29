@NullMarked
package io.tidemark.room;

import org.jspecify.annotations.NullMarked;
