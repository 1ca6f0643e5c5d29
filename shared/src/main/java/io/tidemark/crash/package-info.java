/** Places at which tests halt the process. */
@NullMarked
package io.tidemark.crash;

import org.jspecify.annotations.NullMarked;
