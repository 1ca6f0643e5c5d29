/** Both nodes together: demo, benchmarks and the kit that their tests share. */
@NullMarked
package io.tidemark.deploy;

import org.jspecify.annotations.NullMarked;
