/** JSON as both nodes write and read it: one spelling, and nothing accepted that a writer of ours would not write. */
@NullMarked
package io.tidemark.json;

import org.jspecify.annotations.NullMarked;
