/** Files that appear whole and stay. */
@NullMarked
package io.tidemark.file;

import org.jspecify.annotations.NullMarked;
