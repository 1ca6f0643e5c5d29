/** Words and numbers for people. */
@NullMarked
package io.tidemark.text;

import org.jspecify.annotations.NullMarked;
