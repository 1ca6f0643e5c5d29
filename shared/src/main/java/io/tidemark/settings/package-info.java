/** Reading settings: typed, every problem reported at once, secrets masked. */
@NullMarked
package io.tidemark.settings;

import org.jspecify.annotations.NullMarked;
